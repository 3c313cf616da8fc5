// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.util.List;

/** What a {@link Resolver} found out. */
public sealed interface DnsAnswer {
    /** The records of the asked type, in the resolver's order; empty if there are none. */
    record Records(List<DnsRecord> records) implements DnsAnswer {
        public Records {
            records = List.copyOf(records);
        }
    }

    /** It could not be found out: no server, no answer, a malformed one. */
    record Failed(String reason) implements DnsAnswer {}

    /** It was not asked for: hosts of this name may not be talked to (promise S5). Only the engine's egress guard answers so. */
    record Refused() implements DnsAnswer {}
}
