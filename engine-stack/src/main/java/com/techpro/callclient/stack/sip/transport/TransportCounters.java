// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.stack.sip.message.Rejection;
import java.util.Map;

/**
 * A snapshot for statistics and leak checks.
 *
 * @param streams open or opening flows over TCP, TLS and WebSockets
 * @param datagramSockets open UDP sockets
 * @param listeners open listeners for those
 * @param received messages passed up
 * @param sent messages passed to the network
 * @param rejected received bytes that were not messages, by reason
 * @param misdirected responses whose Via is not ours (RFC 3261 §18.1.2) or that have more than one
 *     (§8.1.3.3)
 * @param unfinished streams closed because a message on them was not complete in time
 * @param forbiddenFrames WebSockets closed because the peer violated RFC 6455
 * @param withheld answers to malformed datagrams that were not sent, because their address had got
 *     too many
 * @param overflow packets dropped because the loop was too slow
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
