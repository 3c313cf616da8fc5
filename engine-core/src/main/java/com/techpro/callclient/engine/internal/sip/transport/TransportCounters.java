// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.internal.sip.message.Rejection;
import java.util.Map;

/**
 * A snapshot for statistics and leak checks.
 *
 * @param streams open or opening flows over TCP, TLS and WebSockets
 * @param datagramSockets open UDP sockets
 * @param listeners open listeners for those
 * @param received messages handed up
 * @param sent messages given to the network
 * @param rejected received bytes that were not messages, by reason
 * @param misdirected responses whose Via is not ours (RFC 3261 §18.1.2) or that carry more than one (§8.1.3.3)
 * @param unfinished streams closed because a message on them did not come to its end in time
 * @param forbiddenFrames WebSockets closed because the peer sent what RFC 6455 forbids
 * @param withheld answers to malformed datagrams that were not sent, because their address had had enough of them
 * @param overflow packets dropped because the loop was behind
 */
public record TransportCounters(
        int streams,
        int datagramSockets,
        int listeners,
        long received,
        long sent,
        Map<Rejection, Long> rejected,
        long misdirected,
        long unfinished,
        long forbiddenFrames,
        long withheld,
        long overflow) {}
