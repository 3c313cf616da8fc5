// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.util.function.Consumer;

/**
 * Looks names up.
 *
 * <ul>
 *   <li><b>RES-1</b> {@link #resolve} never blocks; the answer comes exactly once, on any thread, never inside the call.
 *   <li><b>RES-2</b> A literal IP address resolves to itself without a query.
 *   <li><b>RES-3</b> No such name, or none of that type, is an empty {@link DnsAnswer.Records}; only failing to find out is
 *       {@link DnsAnswer.Failed}.
 *   <li><b>RES-4</b> Malformed names answer {@code Failed}; they do not throw.
 * </ul>
 */
public interface Resolver {
    void resolve(String name, RecordType type, Consumer<DnsAnswer> answer);

    /** What is asked for. {@code ADDRESS} is A and AAAA together. */
    enum RecordType {
        ADDRESS,
        SRV,
        NAPTR
    }
}
