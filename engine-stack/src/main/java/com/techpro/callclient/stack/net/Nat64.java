// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.net;

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
 * Maps IPv4 addresses on a network that has only IPv6: through the network's translator, under the
 * prefix from its name server (RFC 7050, RFC 6052). If the network has IPv4 too, or is unknown,
 * addresses stay as they are. The only query sent is for {@code ipv4only.arpa}, a name that belongs
 * to nobody (RFC 8880), and only on an IPv6-only network.
 *
 * <p>{@link #reach} and {@link #behind} may be called from any thread and return at once; the rest
 * belongs to the loop.
 */
public final class Nat64 {
    private static final String IPV4_ONLY = "ipv4only.arpa";

    /** Maps no address. */
    public static final Nat64 NONE = new Nat64(null, null);

    /** A name server that does not answer within this time knows no translator. */
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

    private final @Nullable Network network;
    private final @Nullable Scheduler loop;
    private final List<Runnable> waiting = new ArrayList<>(1);
    private volatile @Nullable Nat64Prefix prefix;
    /** This device's addresses on the network whose prefix, or lack of one, is known. */
    private List<InetAddress> known = List.of();

    private boolean asking;
    private int questions;
    private @Nullable Timer deadline;

    /**
     * Maps addresses for this network.
     *
     * @param network asked only for its name server and this device's addresses; null to map no
     *     address
     */
    public Nat64(@Nullable Network network, @Nullable Scheduler loop) {
        this.network = network;
        this.loop = loop;
    }

    /**
     * Runs the task once the network is known. That is at once if it has IPv4 or has not changed,
     * otherwise when its name server has answered.
     */
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
            // If the host's network implementation throws, nothing is known about the network.
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
            for (DnsRecord record : records.records()) {
                if (record instanceof DnsRecord.Address address) {
                    found.add(address.address());
                }
            }
        }
        // The name always has addresses: without any, the network did not answer.
        known = found.isEmpty() ? List.of() : addresses;
        prefix = Nat64Prefix.discovered(found);
        List<Runnable> tasks = new ArrayList<>(waiting);
        waiting.clear();
        tasks.forEach(Runnable::run);
    }

    /** Returns the address to which packets for that address are sent. */
    public InetAddress reach(InetAddress address) {
        Nat64Prefix through = prefix;
        InetAddress mapped = through != null && address instanceof Inet4Address ipv4 ? through.map(ipv4) : null;
        return mapped == null ? address : mapped;
    }

    /** As {@link #reach(InetAddress)}, with the port. */
    public InetSocketAddress reach(InetSocketAddress address) {
        InetAddress named = address.getAddress();
        return named == null ? address : new InetSocketAddress(reach(named), address.getPort());
    }

    /** Returns the IPv4 address that {@link #reach} maps to this one, or null. */
    public @Nullable InetAddress behind(InetAddress address) {
        Nat64Prefix through = prefix;
        return through == null ? null : through.unmap(address);
    }
}
