// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The name server of a {@link SimulatedNetwork}. Names are case-insensitive. */
public final class SimulatedDns implements Resolver {
    private final VirtualTime time;
    private final Map<String, List<DnsRecord>> records = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private Duration delay = Duration.ofMillis(5);
    private int queries;

    SimulatedDns(VirtualTime time) {
        this.time = time;
    }

    /** Adds A and AAAA records. */
    public SimulatedDns address(String name, String... addresses) {
        for (String address : addresses) {
            add(name, new DnsRecord.Address(Addresses.of(address)));
        }
        return this;
    }

    public SimulatedDns srv(String name, int priority, int weight, int port, String target) {
        return add(name, new DnsRecord.Srv(priority, weight, port, target));
    }

    public SimulatedDns naptr(String name, int order, int preference, String service, String replacement) {
        return add(name, new DnsRecord.Naptr(order, preference, "s", service, "", replacement));
    }

    public SimulatedDns add(String name, DnsRecord record) {
        records.computeIfAbsent(key(name), unused -> new ArrayList<>()).add(record);
        return this;
    }

    /** Removes a name. */
    public SimulatedDns remove(String name) {
        records.remove(key(name));
        return this;
    }

    /** Makes queries for this name fail from now on, or succeed again. */
    public SimulatedDns failing(String name, boolean fails) {
        if (fails) {
            failing.add(key(name));
        } else {
            failing.remove(key(name));
        }
        return this;
    }

    /** Sets how long an answer takes. */
    public SimulatedDns delay(Duration wait) {
        delay = wait;
        return this;
    }

    /** Returns the number of queries so far; literal addresses do not count (RES-2). */
    public int queries() {
        return queries;
    }

    @Override
    public void resolve(String name, RecordType type, Consumer<DnsAnswer> answer) {
        boolean literal = type == RecordType.ADDRESS && Addresses.isLiteral(name);
        if (!literal) {
            queries++;
        }
        long wait = literal ? 0 : VirtualTime.nanosOf(delay);
        time.at(time.nanoTime() + wait, () -> answer.accept(answerTo(name, type)));
    }

    private DnsAnswer answerTo(String name, RecordType type) {
        if (type == RecordType.ADDRESS && Addresses.isLiteral(name)) {
            return new DnsAnswer.Records(List.of(new DnsRecord.Address(Addresses.of(name))));
        }
        if (!Addresses.isName(name)) {
            return new DnsAnswer.Failed("malformed name");
        }
        if (failing.contains(key(name))) {
            return new DnsAnswer.Failed("no answer");
        }
        Class<? extends DnsRecord> wanted = switch (type) {
            case ADDRESS -> DnsRecord.Address.class;
            case SRV -> DnsRecord.Srv.class;
            case NAPTR -> DnsRecord.Naptr.class;
        };
        return new DnsAnswer.Records(records.getOrDefault(key(name), List.of()).stream()
                .filter(wanted::isInstance)
                .toList());
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
