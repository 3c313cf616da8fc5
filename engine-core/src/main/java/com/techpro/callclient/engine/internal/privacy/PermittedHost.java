// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.stack.net.NumericHost;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A host that accounts or logins name, and what it resolved to. A name server controls that, so it
 * is bounded: the oldest results are dropped first.
 */
final class PermittedHost {
    /** Identifies the host; holders with the same policy share it. */
    record Key(String name, Policy policy) {}

    /**
     * RFC 3263 gives at most sixteen servers here, in two address families, plus changes over time.
     */
    private static final int MOST = 64;

    private final Key key;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<InetAddress> addresses = new LinkedHashSet<>();
    int holders;

    PermittedHost(Key key) {
        this.key = key;
        InetAddress literal = NumericHost.parse(key.name());
        if (literal != null) {
            addresses.add(literal);
        }
    }

    static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * Whether the name is the host, one of its services ({@code _sips._tcp.}; RFC 2782), or one it
     * resolved to.
     */
    boolean covers(String name) {
        return hostOf(name).equals(key.name()) || names.contains(name);
    }

    Set<InetAddress> addresses() {
        return addresses;
    }

    void learn(DnsAnswer.Records answer, Consumer<InetAddress> added, List<InetAddress> forgotten) {
        for (DnsRecord record : answer.records()) {
            if (record instanceof DnsRecord.Address found) {
                boolean known = addresses.remove(found.address());
                addresses.add(found.address());
                if (!known) {
                    added.accept(found.address());
                }
            } else if (record instanceof DnsRecord.Srv service) {
                learn(canonical(service.target()));
            } else if (record instanceof DnsRecord.Naptr rewrite) {
                learn(canonical(rewrite.replacement()));
            }
        }
        Iterator<InetAddress> oldest = addresses.iterator();
        while (addresses.size() > MOST) {
            forgotten.add(oldest.next());
            oldest.remove();
        }
    }

    /**
     * Permits a name from DNS only if the policy allows it, so that forged answers cannot lead
     * outside.
     */
    private void learn(String name) {
        if (!name.isEmpty() && key.policy().allowsHost(hostOf(name))) {
            names.remove(name);
            names.add(name);
            if (names.size() > MOST) {
                names.remove(names.iterator().next());
            }
        }
    }

    private static String hostOf(String name) {
        int start = 0;
        while (start < name.length() && name.charAt(start) == '_') {
            int dot = name.indexOf('.', start);
            if (dot < 0) {
                return name;
            }
            start = dot + 1;
        }
        return name.substring(start);
    }
}
