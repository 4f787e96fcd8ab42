package org.billingtakeover.takeover;

import static org.billingtakeover.account.SampleAccounts.like;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.billing.IntegrationPlatform;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Happening.Happened;

/** What a case needs around it, kept in memory. */
final class InMemory {

    private InMemory() {}

    /** A port of which only {@code answers} are asked; anything else is a mistake of the test. */
    static <T> T port(Class<T> port, InvocationHandler answers) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, given);
                    }
                    return answers.invoke(proxy, method, given);
                }));
    }

    /** A clock that shows whatever {@code now} says. */
    static Clock ticking(Supplier<Instant> now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(now.get(), zone);
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    static final class Clients {

        Account account;

        Clients(Account account) {
            this.account = account;
        }

        Accounts port() {
            return InMemory.port(Accounts.class, (proxy, method, given) -> switch (method.getName()) {
                case "find" -> method.getReturnType() == List.class ? List.of(account) : Optional.of(account);
                case "firm" -> account.firm();
                case "save" -> {
                    account = (Account) ((List<?>) given[0]).get(0);
                    yield null;
                }
                case "changePayer" -> {
                    pays((UUID) given[0], (Payer) given[1]);
                    yield null;
                }
                case "changeIntegration" -> {
                    integration((Integration) given[1]);
                    yield null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            });
        }

        void pays(UUID subscription, Payer payer) {
            for (Subscription each : List.of(account.online(), account.time())) {
                if (each.id().equals(subscription)) {
                    change(like(each, "payer", payer, "priceBasis", PriceBasis.of(each.product(), payer)));
                }
            }
        }

        void change(Subscription subscription) {
            account = like(
                    account, subscription.product() == Product.QUICKBOOKS_ONLINE ? "online" : "time", subscription);
        }

        void integration(Integration integration) {
            account = like(account, "client", like(account.client(), "integration", integration));
        }

        void firm(Firm firm) {
            account = like(account, "firm", firm);
        }
    }

    static final class Cases implements Takeovers {

        private final Map<TakeoverKey, Takeover> cases = new LinkedHashMap<>();

        @Override
        public List<Takeover> find(Collection<TakeoverKey> keys) {
            return keys.stream().map(cases::get).filter(Objects::nonNull).toList();
        }

        @Override
        public Optional<Takeover> openOfCompany(CompanyId companyId) {
            return cases.values().stream().filter(Takeover::isOpen).findFirst();
        }

        @Override
        public List<Takeover> ofClient(UUID clientId) {
            return List.copyOf(cases.values());
        }

        @Override
        public Set<UUID> clientsWithOpenCase(FirmId firmId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<UUID> clientsThatAgreed(FirmId firmId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean addIfNoneOpen(Takeover takeover) {
            boolean none = openOfCompany(takeover.companyId()).isEmpty();
            if (none) {
                cases.put(takeover.key(), takeover);
            }
            return none;
        }

        @Override
        public TakeoverKey nextKey(int year) {
            return new TakeoverKey("TKO-%d-%05d".formatted(year, cases.size() + 1));
        }

        @Override
        public void update(Takeover takeover) {
            cases.put(takeover.key(), takeover);
        }

        @Override
        public List<Takeover> lock(Collection<TakeoverKey> keys) {
            return find(keys);
        }

        @Override
        public void lockOpenOf(Collection<CompanyId> companies) {
            // Nobody else is here.
        }
    }

    static final class KeptQuotes implements Quotes {

        private final List<Kept> quotes = new ArrayList<>();
        private int last;

        @Override
        public QuoteNumber next() {
            return new QuoteNumber("Q-%06d".formatted(++last));
        }

        @Override
        public void add(TakeoverKey takeover, Kept quote) {
            quotes.add(quote);
        }

        @Override
        public Map<TakeoverKey, List<Kept>> of(Collection<TakeoverKey> takeovers) {
            return takeovers.stream().collect(Collectors.toMap(key -> key, key -> List.copyOf(quotes)));
        }
    }

    static final class Questions implements ConsentRequests {

        /** Whether an earlier version asked them. */
        boolean ofEarlierVersion;

        private final Map<UUID, ConsentRequest> questions = new LinkedHashMap<>();

        @Override
        public Optional<ConsentRequest> find(UUID id) {
            return Optional.ofNullable(questions.get(id));
        }

        @Override
        public List<ConsentRequest> of(Collection<TakeoverKey> takeovers) {
            return List.copyOf(questions.values());
        }

        @Override
        public List<ConsentRequest> openTo(String email) {
            return questions.values().stream()
                    .filter(each -> each.status() == ConsentRequest.Status.OPEN && each.isTo(email))
                    .toList();
        }

        @Override
        public boolean isDisowned(UUID client, String email) {
            return questions.values().stream()
                    .anyMatch(each -> each.status() == ConsentRequest.Status.DISOWNED && each.isTo(email));
        }

        @Override
        public List<TakeoverKey> casesOfEarlierVersions() {
            return ofEarlierVersion
                    ? questions.values().stream()
                            .map(ConsentRequest::takeover)
                            .distinct()
                            .toList()
                    : List.of();
        }

        @Override
        public void lookedAt(TakeoverKey takeover) {
            ofEarlierVersion = false;
        }

        @Override
        public void add(ConsentRequest request) {
            questions.put(request.id(), request);
        }

        @Override
        public void update(ConsentRequest request) {
            questions.put(request.id(), request);
        }
    }

    static final class KeptChanges implements BillingChange.Changes {

        private final Map<TakeoverKey, BillingChange> changes = new HashMap<>();

        @Override
        public void add(BillingChange change) {
            if (changes.putIfAbsent(change.takeover(), change) != null) {
                throw new IllegalStateException("Switched twice");
            }
        }

        @Override
        public Optional<BillingChange> of(TakeoverKey takeover) {
            return Optional.ofNullable(changes.get(takeover));
        }
    }

    static final class Lines implements CaseEvents {

        final List<Happened> lines = new ArrayList<>();

        @Override
        public void add(Happened happened) {
            lines.add(happened);
        }

        @Override
        public List<CaseEvent> of(TakeoverKey takeover) {
            return lines.stream()
                    .map(each -> new CaseEvent(
                            each.at(),
                            each.actor(),
                            each.what().code(),
                            each.what().detail().orElse(null)))
                    .toList();
        }
    }

    /** Its bills are made two hours into the billing date, and nobody talks to it in a case. */
    static final BillingPlatform PLATFORM = InMemory.port(BillingPlatform.class, (proxy, method, given) -> {
        if (method.getName().equals("cutOff")) {
            return ((LocalDate) given[0])
                    .atStartOfDay((ZoneId) given[1])
                    .plusHours(2)
                    .toInstant();
        }
        throw new UnsupportedOperationException(method.getName());
    });

    /** What the case wants of the platform, and what the test has the platform say. */
    static final class KeptPreviews {

        Optional<Previews.Wanted> wanted = Optional.empty();

        final Previews port = InMemory.port(Previews.class, (proxy, method, given) -> switch (method.getName()) {
            case "want" -> {
                wanted = Optional.of(new Previews.Wanted((Order) given[0], (PlatformName) given[1], Optional.empty()));
                yield null;
            }
            case "wantNothing" -> {
                wanted = Optional.empty();
                yield null;
            }
            case "said" -> wanted.flatMap(Previews.Wanted::last).map(said -> new Previews.Said(said, Instant.EPOCH));
            default -> throw new UnsupportedOperationException(method.getName());
        });

        /** Keeps it unless something else is wanted by now. */
        void said(Previews.Wanted of, Preview preview) {
            wanted = wanted.map(each -> each.order().equals(of.order())
                    ? new Previews.Wanted(each.order(), each.platform(), Optional.of(preview))
                    : each);
        }
    }

    static final class KeptBookings {

        final List<Booking> all = new ArrayList<>();

        final Bookings port = InMemory.port(Bookings.class, (proxy, method, given) -> switch (method.getName()) {
            case "want" -> {
                wantNothing();
                want((TakeoverKey) given[0], (Booking.Wish) given[1]);
                yield null;
            }
            case "wantNothing" -> {
                wantNothing();
                yield null;
            }
            case "wantedBy" -> wanted();
            default -> throw new UnsupportedOperationException(method.getName());
        });

        Optional<Booking> wanted() {
            return all.stream().filter(Booking::isWanted).findFirst();
        }

        private void want(TakeoverKey takeover, Booking.Wish wish) {
            BookingKey key =
                    new BookingKey(takeover + "/" + wish.option() + "/" + wish.effective() + "/" + (all.size() + 1));
            BillingPlatform.Order order = new BillingPlatform.Order(
                    key,
                    wish.companyId(),
                    wish.product(),
                    wish.firmId(),
                    wish.newPayer(),
                    wish.effective(),
                    wish.zone());
            all.add(new Booking(
                    takeover, order, wish.platform(), wish.cutOff(), true, Booking.Progress.WAITING, Optional.empty()));
        }

        private void wantNothing() {
            all.replaceAll(each -> new Booking(
                    each.takeover(),
                    each.order(),
                    each.platform(),
                    each.cutOff(),
                    false,
                    each.progress(),
                    each.reason()));
        }

        void is(BookingKey key, Booking.Progress progress) {
            all.replaceAll(each -> each.order().key().equals(key)
                    ? new Booking(
                            each.takeover(),
                            each.order(),
                            each.platform(),
                            each.cutOff(),
                            each.isWanted(),
                            progress,
                            each.reason())
                    : each);
        }
    }

    /** What is wanted of integrations, and what the test has the platform say. */
    static final class KeptIntegrations {

        final List<IntegrationOrder> all = new ArrayList<>();

        final IntegrationOrders port =
                InMemory.port(IntegrationOrders.class, (proxy, method, given) -> switch (method.getName()) {
                    case "want" -> want((IntegrationOrder.Wish) given[0]);
                    case "wantNoStop" -> {
                        wanted().filter(order -> order.order().status() == IntegrationStatus.STOPPED)
                                .ifPresent(stop -> is(stop, false, stop.progress()));
                        yield null;
                    }
                    case "wantedOf" -> wanted();
                    case "find" ->
                        all.stream()
                                .filter(order -> order.order().key().equals(given[0]))
                                .findFirst();
                    default -> throw new UnsupportedOperationException(method.getName());
                });

        private Optional<IntegrationOrder> wanted() {
            return all.stream()
                    .filter(order -> order.isWanted() && order.progress() == IntegrationOrder.Progress.WAITING)
                    .findFirst();
        }

        private Optional<IntegrationKey> want(IntegrationOrder.Wish wish) {
            if (wanted().isPresent()) {
                return Optional.empty();
            }
            IntegrationKey key = new IntegrationKey(wish.status() + "/" + (all.size() + 1));
            all.add(new IntegrationOrder(
                    wish.client(),
                    wish.takeover(),
                    new IntegrationPlatform.Order(key, wish.companyId(), wish.firmId(), wish.status(), wish.asOf()),
                    wish.platform(),
                    true,
                    IntegrationOrder.Progress.WAITING));
            return Optional.of(key);
        }

        void is(IntegrationOrder order, boolean isWanted, IntegrationOrder.Progress progress) {
            all.set(
                    all.indexOf(order),
                    new IntegrationOrder(
                            order.client(), order.takeover(), order.order(), order.platform(), isWanted, progress));
        }
    }
}
