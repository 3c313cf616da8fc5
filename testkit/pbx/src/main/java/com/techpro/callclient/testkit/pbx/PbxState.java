// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The PBX's records at one moment.
 *
 * @param registrations all registered devices
 * @param activeCalls ringing and connected calls
 * @param connectedCalls calls answered since the start
 * @param requests requests from devices, by method; retransmissions are not counted
 * @param refusals calls refused by the dial plan, and requests for other domains, by status
 * @param failedLogins requests with wrong credentials, or with those of another user
 * @param mediaPorts sockets open for media
 * @param packetsIn media packets accepted
 * @param packetsOut media packets sent
 * @param packetsRefused media packets that failed authentication or decoding, or that a fault
 *     dropped
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

    /** Returns whether an extension has a registered device. */
    public boolean isRegistered(String extension) {
        return registrations.stream()
                .anyMatch(registration -> registration.extension().equals(extension));
    }

    /** Returns how many requests of a method arrived. */
    public long requests(String method) {
        return requests.getOrDefault(method, 0L);
    }

    /**
     * One registered device.
     *
     * @param connected whether its connection is open; if not, a call wakes it by push (RFC 8599)
     */
    public record Registration(String extension, SipTransport transport, Instant expires, boolean connected) {}
}
