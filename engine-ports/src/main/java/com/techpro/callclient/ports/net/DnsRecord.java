// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.net.InetAddress;

/** A resource record that SIP uses (RFC 3263). Names come without the trailing dot. */
public sealed interface DnsRecord {
    /** An A or AAAA record. */
    record Address(InetAddress address) implements DnsRecord {}

    /** An SRV record (RFC 2782). */
    record Srv(int priority, int weight, int port, String target) implements DnsRecord {}

    /** A NAPTR record (RFC 3403). */
    record Naptr(int order, int preference, String flags, String service, String regexp, String replacement)
            implements DnsRecord {}
}
