package org.billingtakeover.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.billingtakeover.verifier.Finding.Kind;

/** Finds out what was done to a chain that does not hold: walks it by its hashes, whatever numbers its entries have. */
final class BrokenChain {

    private final String about;
    private final Set<Link> unseen;
    private final Map<String, List<Link>> followers = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final TreeSet<Integer> inserted = new TreeSet<>();
    private final int missing;
    private int missed;

    /**
     * @param links ordered by their numbers
     * @param entriesOnce how many there should be
     */
    BrokenChain(String about, List<Link> links, int entriesOnce) {
        this.about = about;
        this.unseen = new LinkedHashSet<>(links);
        this.missing = entriesOnce - links.size();
        links.forEach(link -> followers
                .computeIfAbsent(link.previous(), hash -> new ArrayList<>())
                .add(link));
        setAsideStrangers();
    }

    /** What was done, by the numbers of the entries. */
    List<Finding> findings() {
        String hash = Link.START;
        int place = 1;
        while (!unseen.isEmpty()) {
            List<Link> next = after(hash);
            Link link;
            if (next.isEmpty()) {
                link = afterBreak(place);
                place = Math.max(place, placeOf(link));
            } else {
                link = original(next);
                next.stream().filter(each -> !each.equals(link)).forEach(this::inserted);
            }
            unseen.remove(link);
            if (!link.intact()) {
                findings.add(Finding.of(Kind.ALTERED, about, link.number()));
            }
            if (placeOf(link) != place) {
                findings.add(new Finding(Kind.MOVED, about, link.number(), place, null));
            }
            hash = link.hash();
            place++;
        }
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Finding::from))
                .toList();
    }

    /** Where the chain holds without them, entries that follow nothing and that nothing follows were put in. */
    private void setAsideStrangers() {
        Set<Link> reached = new LinkedHashSet<>();
        List<Link> next = after(Link.START);
        while (!next.isEmpty()) {
            Link link = original(next);
            if (!reached.add(link)) {
                break;
            }
            next = after(link.hash());
        }
        Set<String> hashes = unseen.stream().map(Link::hash).collect(Collectors.toSet());
        List<Link> others =
                unseen.stream().filter(each -> !reached.contains(each)).toList();
        boolean strangers = missing <= 0
                && others.stream()
                        .allMatch(each -> !hashes.contains(each.previous()) && !followers.containsKey(each.hash()));
        // At the end of a chain, the follower of an entry that was rewritten looks just so.
        boolean within = others.stream().allMatch(each -> reached.stream().anyMatch(r -> r.number() > each.number()));
        if (strangers && within) {
            others.forEach(this::inserted);
        }
    }

    private List<Link> after(String hash) {
        return followers.getOrDefault(hash, List.of()).stream()
                .filter(unseen::contains)
                .toList();
    }

    /** Of several entries after the same one, the original is the one that the chain goes on from. */
    private Link original(List<Link> candidates) {
        return candidates.stream()
                .filter(each -> followers.containsKey(each.hash()))
                .findFirst()
                .orElse(candidates.get(0));
    }

    private void inserted(Link link) {
        unseen.remove(link);
        inserted.add(link.number());
        findings.add(Finding.of(Kind.INSERTED, about, link.number()));
    }

    /** The number that it would have without those that were put in before it, and with those that its followers' numbers hide. */
    private int placeOf(Link link) {
        return link.number() - inserted.headSet(link.number()).size() + hidden;
    }

    private int hidden;

    /** Nothing follows: what did is gone, or what it followed was rewritten together with its hash. */
    private Link afterBreak(int place) {
        Link next = unseen.stream().min(Comparator.comparingInt(Link::number)).orElseThrow();
        if (placeOf(next) > place) {
            missed += placeOf(next) - place;
            findings.add(new Finding(Kind.MISSING, about, place, placeOf(next) - 1, null));
        } else if (missed < missing) {
            // Those after it were numbered anew to hide it.
            missed++;
            hidden++;
            findings.add(Finding.of(Kind.MISSING, about, place));
        } else {
            findings.add(Finding.of(Kind.ALTERED, about, Math.max(1, place - 1)));
        }
        return next;
    }
}
