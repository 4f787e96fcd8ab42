package org.billingtakeover.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How often something may come from one source within a time; beyond that the source waits until the time is over, whatever others do
 * meanwhile. Of sources that do not wait it keeps a bounded number and first forgets the one that has not been heard of for longest.
 * Its time is that of the machine, since no calendar must lift a limit.
 */
public final class Allowance {

    private static final int MOST_SOURCES = 50_000;
    private static final int LONGEST_NAME = 200;
    private static final int BYTES_OF_NETWORK = 8;

    private record Window(long begin, int times) {}

    private final int times;
    private final Duration within;
    private final LongSupplier nanoseconds;
    private final Map<String, Window> sources = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    /** Those that have used up what they may, the first to do so first. */
    private final Map<String, Window> waiting = new LinkedHashMap<>();

    /** @param times how often a source may come {@code within} a time */
    public Allowance(int times, Duration within) {
        this(times, within, System::nanoTime);
    }

    Allowance(int times, Duration within, LongSupplier nanoseconds) {
        this.times = times;
        this.within = within;
        this.nanoseconds = nanoseconds;
    }

    /** Counts once for the source, and says how long it has to wait: zero, if it may go on. */
    public synchronized Duration take(String source) {
        Duration wait = waitOf(source);
        if (wait.isZero()) {
            Window window = current(source);
            keep(
                    name(source),
                    window == null
                            ? new Window(nanoseconds.getAsLong(), 1)
                            : new Window(window.begin(), window.times() + 1));
        }
        return wait;
    }

    /** Takes back what was counted last for the source. */
    public synchronized void giveBack(String source) {
        Window window = current(source);
        if (window != null) {
            keep(name(source), new Window(window.begin(), window.times() - 1));
        }
    }

    /** How long the source has to wait; zero, if it may go on. */
    public synchronized Duration waitOf(String source) {
        Window window = current(source);
        return window == null || window.times() < times
                ? Duration.ZERO
                : within.minusNanos(nanoseconds.getAsLong() - window.begin());
    }

    /** Counts from nothing again. */
    public synchronized void forget(String source) {
        sources.remove(name(source));
        waiting.remove(name(source));
    }

    int size() {
        return sources.size() + waiting.size();
    }

    private void keep(String name, Window window) {
        waiting.values().stream().limit(2).filter(this::isOver).toList().forEach(waiting.values()::remove);
        sources.remove(name);
        waiting.remove(name);
        (window.times() < times ? sources : waiting).put(name, window);
    }

    private @Nullable Window current(String source) {
        Window window = waiting.getOrDefault(name(source), sources.get(name(source)));
        return window == null || isOver(window) ? null : window;
    }

    private boolean isOver(Window window) {
        return nanoseconds.getAsLong() - window.begin() >= within.toNanos();
    }

    private static String name(String source) {
        return source.substring(0, Math.min(source.length(), LONGEST_NAME));
    }

    /** What counts as one address: of version 6 the first half, since every household is given as many of the second as it likes. */
    public static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), BYTES_OF_NETWORK))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
