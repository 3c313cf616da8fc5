// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.util.List;

/** The result of a {@link Resolver} query. */
public sealed interface DnsAnswer {
    /** The records of the requested type, in the resolver's order; empty if there are none. */
    record Records(List<DnsRecord> records) implements DnsAnswer {
        public Records {
            records = List.copyOf(records);
        }
    }

    /** The query failed: no server, no answer or a malformed one. */
    record Failed(String reason) implements DnsAnswer {}

    /**
     * The query was not sent: the engine may not contact hosts of this name (promise S5). Only the
     * engine's egress guard returns this.
     */
    record Refused() implements DnsAnswer {}
}
