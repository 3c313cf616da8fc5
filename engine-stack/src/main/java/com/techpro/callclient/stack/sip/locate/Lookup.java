// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.locate;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.DnsRecord.Naptr;
import com.techpro.callclient.ports.net.DnsRecord.Srv;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.locate.Locator.Location;
import com.techpro.callclient.stack.sip.transport.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One search: NAPTR, then SRV, then addresses. A failed query counts as one without records,
 * because name servers in many homes support neither NAPTR nor SRV. The search fails only if it
 * finds no address at all.
 */
final class Lookup implements Locator.Search {
    /**
     * Long enough for a resolver that asks twice at each of three servers, and as long as a user
     * waits.
     */
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

    /** The most hops tried, however many the name server returns. */
    private static final int MOST = 16;

    private record Service(SipTransport transport, String name) {}

    /**
     * @param rank the lower one of two is better
     */
    private record Target(SipTransport transport, String host, int port, int rank) {}

    private final Locator locator;
    private final String domain;
    private final Consumer<Location> answer;
    private boolean over;
    private @Nullable Timer deadline;

    /**
     * @param domain the name that certificates must have, whatever DNS says
     */
    Lookup(Locator locator, String domain, Consumer<Location> answer) {
        this.locator = locator;
        this.domain = domain;
        this.answer = answer;
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            stopWaiting();
            locator.loop().execute(() -> answer.accept(new Location.NotLocated(new Failure.Unreachable())));
        }
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    private void answer(Location location) {
        if (!over) {
            over = true;
            answer.accept(location);
        }
    }

    /** Answers later, not inside the caller's query. */
    void answerSoon(Location location) {
        locator.loop().execute(() -> answer(location));
    }

    /**
     * RFC 3263 §4.1: NAPTR gives the transports and their order; without it, SRV of each transport
     * is tried.
     */
    void transports(String host, List<SipTransport> usable) {
        queries(List.of(host), RecordType.NAPTR, answers -> {
            List<Service> services = services(records(answers.get(0), Naptr.class), usable);
            if (services.isEmpty()) {
                servers(host, usable);
            } else {
                servers(services, () -> servers(host, usable));
            }
        });
    }

    private static List<Service> services(List<Naptr> records, List<SipTransport> usable) {
        List<Naptr> ordered = new ArrayList<>(records);
        ordered.sort(Comparator.comparingInt(Naptr::order).thenComparingInt(Naptr::preference));
        List<Service> services = new ArrayList<>();
        for (Naptr record : ordered) {
            SipTransport transport = transport(record.service());
            if (transport != null
                    && usable.contains(transport)
                    && record.flags().equalsIgnoreCase("s")) {
                services.add(new Service(transport, record.replacement()));
            }
        }
        return services;
    }

    private static @Nullable SipTransport transport(String service) {
        return switch (service.toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> SipTransport.UDP;
            case "SIP+D2T" -> SipTransport.TCP;
            case "SIPS+D2T" -> SipTransport.TLS;
            case "SIP+D2W" -> SipTransport.WS;
            case "SIPS+D2W" -> SipTransport.WSS;
            default -> null;
        };
    }

    /**
     * RFC 3263 §4.2: SRV gives the servers for each transport; without it, the host is the server.
     */
    void servers(String host, List<SipTransport> usable) {
        List<Service> services = new ArrayList<>();
        for (SipTransport transport : usable) {
            String prefix = switch (transport) {
                case UDP -> "_sip._udp.";
                case TCP -> "_sip._tcp.";
                case TLS -> "_sips._tcp.";
                case WS -> "_sip._ws.";
                case WSS -> "_sips._ws.";
            };
            services.add(new Service(transport, prefix + host));
        }
        servers(services, () -> addresses(host, 0, Locator.defaultOf(usable)));
    }

    private void servers(List<Service> services, Runnable ifNone) {
        List<String> names = new ArrayList<>();
        for (Service service : services.subList(0, Math.min(MOST, services.size()))) {
            names.add(service.name());
        }
        queries(names, RecordType.SRV, answers -> {
            List<Target> targets = new ArrayList<>();
            boolean refused = false;
            for (int i = 0; i < answers.size(); i++) {
                for (Srv record : SrvOrder.of(records(answers.get(i), Srv.class), locator.random())) {
                    // RFC 2782: a target of "." means that the service is not available.
                    boolean none = record.target().isEmpty() || record.target().equals(".");
                    refused |= none;
                    if (!none && record.port() > 0) {
                        int rank = (i << 16) + record.priority();
                        targets.add(new Target(services.get(i).transport(), record.target(), record.port(), rank));
                    }
                }
            }
            if (!targets.isEmpty()) {
                addresses(targets);
            } else if (refused) {
                answer(new Location.NotLocated(new Failure.Dns()));
            } else {
                ifNone.run();
            }
        });
    }

    void addresses(String host, int port, SipTransport transport) {
        addresses(List.of(new Target(transport, host, port == 0 ? transport.defaultPort() : port, 0)));
    }

    private void addresses(List<Target> all) {
        List<Target> targets = all.subList(0, Math.min(MOST, all.size()));
        List<String> names = new ArrayList<>();
        targets.forEach(target -> names.add(target.host()));
        queries(names, RecordType.ADDRESS, answers -> {
            Set<Hop> hops = new LinkedHashSet<>();
            Map<InetSocketAddress, String> servers = new HashMap<>(4);
            int preferred = 0;
            int best = -1;
            for (int i = 0; i < targets.size(); i++) {
                Target target = targets.get(i);
                List<InetAddress> found = alternating(records(answers.get(i), DnsRecord.Address.class));
                for (InetAddress address : found) {
                    if (hops.size() < MOST) {
                        InetSocketAddress at =
                                new InetSocketAddress(locator.nat64().reach(address), target.port());
                        hops.add(new Hop(target.transport(), at, domain));
                        if (found.size() > 1) {
                            servers.putIfAbsent(at, target.host());
                        }
                        best = best < 0 ? target.rank() : best;
                    }
                }
                preferred = target.rank() == best ? hops.size() : preferred;
            }
            boolean refused = answers.stream().anyMatch(DnsAnswer.Refused.class::isInstance);
            Failure failure = refused ? new Failure.DestinationRefused() : new Failure.Dns();
            answer(
                    hops.isEmpty()
                            ? new Location.NotLocated(failure)
                            : new Location.Located(List.copyOf(hops), preferred, Map.copyOf(servers)));
        });
    }

    /**
     * Keeps the resolver's order, which follows RFC 6724, but alternates the address families (RFC
     * 8305 §4): if one of them does not work, that costs one attempt.
     */
    private static List<InetAddress> alternating(List<DnsRecord.Address> records) {
        List<InetAddress> first = new ArrayList<>();
        List<InetAddress> second = new ArrayList<>();
        for (DnsRecord.Address record : records) {
            boolean sameFamily = first.isEmpty()
                    || first.get(0).getClass() == record.address().getClass();
            (sameFamily ? first : second).add(record.address());
        }
        List<InetAddress> mixed = new ArrayList<>(records.size());
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                mixed.add(first.get(i));
            }
            if (i < second.size()) {
                mixed.add(second.get(i));
            }
        }
        return mixed;
    }

    /** Queries all names at once. Continues on the loop when all are answered or the time is up. */
    private void queries(List<String> names, RecordType type, Consumer<List<DnsAnswer>> then) {
        if (over) {
            return;
        }
        List<@Nullable DnsAnswer> answers = new ArrayList<>(Collections.nCopies(names.size(), null));
        int[] missing = {names.size()};
        deadline = locator.loop().schedule(LONGEST_QUESTION, () -> {
            missing[0] = 0;
            deadline = null;
            then.accept(complete(answers));
        });
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            Consumer<DnsAnswer> told = result -> locator.loop().execute(() -> {
                // The first answer counts, should the resolver answer twice.
                if (!over && missing[0] > 0 && answers.get(index) == null) {
                    answers.set(index, result);
                    if (--missing[0] == 0) {
                        stopWaiting();
                        then.accept(complete(answers));
                    }
                }
            });
            try {
                locator.resolver().resolve(names.get(i), type, told);
            } catch (RuntimeException | Error e) {
                // If the resolver throws instead of answering, the search must still end.
                told.accept(new DnsAnswer.Failed("no answer"));
            }
        }
    }

    private static List<DnsAnswer> complete(List<@Nullable DnsAnswer> answers) {
        List<DnsAnswer> complete = new ArrayList<>(answers.size());
        for (DnsAnswer each : answers) {
            complete.add(each == null ? new DnsAnswer.Failed("no answer") : each);
        }
        return complete;
    }

    private static <T extends DnsRecord> List<T> records(DnsAnswer answer, Class<T> type) {
        List<T> records = new ArrayList<>();
        if (answer instanceof DnsAnswer.Records found) {
            for (DnsRecord record : found.records()) {
                if (type.isInstance(record)) {
                    records.add(type.cast(record));
                }
            }
        }
        return records;
    }
}
