// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the PBX knows at one moment, from its own records.
 *
 * @param registrations every device that can be reached
 * @param activeCalls calls that ring or talk
 * @param connectedCalls calls answered since the start
 * @param requests requests from devices, by method; retransmissions are not counted
 * @param refusals calls refused by the dial plan, and requests for other domains, by status
 * @param failedLogins requests with wrong credentials, or with somebody else's
 * @param mediaPorts sockets open for media
 * @param packetsIn media packets accepted
 * @param packetsOut media packets sent
 * @param packetsRefused media packets that were not authentic, not decodable, or lost on purpose
 */
public record PbxState(
        List<Registration> registrations,
        int activeCalls,
        long connectedCalls,
        Map<String, Long> requests,
        Map<Integer, Long> refusals,
        long failedLogins,
        int mediaPorts,
        long packetsIn,
        long packetsOut,
        long packetsRefused) {
    public PbxState {
        registrations = List.copyOf(registrations);
        requests = Map.copyOf(requests);
        refusals = Map.copyOf(refusals);
    }

    /** Whether an extension has a device that can be reached. */
    public boolean isRegistered(String extension) {
        return registrations.stream()
                .anyMatch(registration -> registration.extension().equals(extension));
    }

    /** How many requests of a method came in. */
    public long requests(String method) {
        return requests.getOrDefault(method, 0L);
    }

    /** One device. */
    public record Registration(String extension, SipTransport transport, Instant expires) {}
}
