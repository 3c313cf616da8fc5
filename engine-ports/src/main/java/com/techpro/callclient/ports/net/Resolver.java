// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.util.function.Consumer;

/**
 * Resolves DNS names.
 *
 * <ul>
 *   <li><b>RES-1</b> {@link #resolve} never blocks. The answer comes exactly once, on any thread,
 *       never inside the call.
 *   <li><b>RES-2</b> A literal IP address resolves to itself without a query.
 *   <li><b>RES-3</b> If the name does not exist or has no record of that type, the answer is an
 *       empty {@link DnsAnswer.Records}. It is {@link DnsAnswer.Failed} only if the query failed.
 *   <li><b>RES-4</b> A malformed name gives {@code Failed}; it does not throw.
 * </ul>
 */
public interface Resolver {
    void resolve(String name, RecordType type, Consumer<DnsAnswer> answer);

    /** The requested record type. {@code ADDRESS} is A and AAAA together. */
    enum RecordType {
        ADDRESS,
        SRV,
        NAPTR
    }
}
