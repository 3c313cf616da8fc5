// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.net;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How addresses of IPv4 are reached from a network that has IPv6 alone: through its translator, under the prefix that its name server tells
 * (RFC 7050, RFC 6052). Where the network has IPv4 too, or is not known to be without, every address is reached as it is. Only the question
 * for {@code ipv4only.arpa} leaves this device, a name that is nobody's (RFC 8880), and only on such a network.
 *
 * <p>{@link #reach} and {@link #behind} may be called from any thread and answer at once; the rest belongs to the loop.
 */
public final class Nat64 {
    private static final String IPV4_ONLY = "ipv4only.arpa";

    /** Every address is reached as it is. */
    public static final Nat64 NONE = new Nat64(null, null);

    /** A name server that says nothing for so long is one that knows of no translator. */
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

    private final @Nullable Network network;
    private final @Nullable Scheduler loop;
    private final List<Runnable> waiting = new ArrayList<>(1);
    private volatile @Nullable Nat64Prefix prefix;
    /** This device's addresses on the network whose prefix is known, or known not to be there. */
    private List<InetAddress> known = List.of();

    private boolean asking;
    private int questions;
    private @Nullable Timer deadline;

    /**
     * For this network.
     *
     * @param network asked for its own name server and this device's addresses, and for nothing else; null for none to be asked
     */
    public Nat64(@Nullable Network network, @Nullable Scheduler loop) {
        this.network = network;
        this.loop = loop;
    }

    /** Runs the task once it is known how this network is: at once where it has IPv4 or is the one that it was, else when its name server has answered. */
    public void whenKnown(Runnable then) {
        if (network == null || loop == null) {
            then.run();
            return;
        }
        List<InetAddress> addresses = addresses(network);
        if (addresses.isEmpty() || addresses.stream().anyMatch(Inet4Address.class::isInstance)) {
            prefix = null;
            known = List.of();
            then.run();
        } else if (addresses.equals(known)) {
            then.run();
        } else {
            waiting.add(then);
            if (!asking) {
                asking = true;
                ask(network, loop, addresses);
            }
        }
    }

    private static List<InetAddress> addresses(Network network) {
        try {
            return List.copyOf(network.addresses());
        } catch (RuntimeException | Error e) {
            // A host's own network that throws is one of which nothing is known.
            return List.of();
        }
    }

    private void ask(Network from, Scheduler on, List<InetAddress> addresses) {
        int question = ++questions;
        DnsAnswer none = new DnsAnswer.Failed("no answer");
        deadline = on.schedule(LONGEST_QUESTION, () -> told(question, addresses, none));
        try {
            from.resolver()
                    .resolve(
                            IPV4_ONLY,
                            RecordType.ADDRESS,
                            answer -> on.execute(() -> told(question, addresses, answer)));
        } catch (RuntimeException | Error e) {
            on.execute(() -> told(question, addresses, none));
        }
    }

    private void told(int question, List<InetAddress> addresses, DnsAnswer answer) {
        if (!asking || question != questions) {
            return;
        }
        asking = false;
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        List<InetAddress> found = new ArrayList<>();
        if (answer instanceof DnsAnswer.Records records) {
            known = addresses;
            for (DnsRecord record : records.records()) {
                if (record instanceof DnsRecord.Address address) {
                    found.add(address.address());
                }
            }
        }
        prefix = Nat64Prefix.discovered(found);
        List<Runnable> tasks = new ArrayList<>(waiting);
        waiting.clear();
        tasks.forEach(Runnable::run);
    }

    /** Where packets for that address go from here. */
    public InetAddress reach(InetAddress address) {
        Nat64Prefix through = prefix;
        InetAddress mapped = through != null && address instanceof Inet4Address ipv4 ? through.map(ipv4) : null;
        return mapped == null ? address : mapped;
    }

    /** As the other. */
    public InetSocketAddress reach(InetSocketAddress address) {
        InetAddress named = address.getAddress();
        return named == null ? address : new InetSocketAddress(reach(named), address.getPort());
    }

    /** The address of IPv4 that is {@linkplain #reach reached} there, or null. */
    public @Nullable InetAddress behind(InetAddress address) {
        Nat64Prefix through = prefix;
        return through == null ? null : through.unmap(address);
    }
}
