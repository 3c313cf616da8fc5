// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.media.MediaEngine;
import com.techpro.callclient.engine.internal.net.Nat64;
import com.techpro.callclient.engine.internal.privacy.EgressGuard;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.engine.internal.tone.ToneChoice;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.net.Network;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all accounts and calls of one client share.
 *
 * @param audio null if calls are silent unless their options say otherwise
 * @param audioWorker opens and closes devices, one after the other
 * @param egress permits where media goes while a call lasts
 * @param limits how long calls may ring and be without media, how often figures are told, and how many calls there may be
 * @param customHeaders those that a host may send and read
 * @param network within what the egress guard permits
 * @param workers for long computations
 * @param doNotDisturb whether no call may ring; asked on the loop
 * @param forwarding where callers are sent instead; asked on the loop
 * @param tones of the user's country
 * @param nat64 where addresses of IPv4 are reached on a network without it
 */
public record CallContext(
        EngineLoop loop,
        SipStack sip,
        MediaEngine media,
        Random random,
        @Nullable AudioPort audio,
        Executor audioWorker,
        Limits limits,
        EgressGuard egress,
        CallWaiting waiting,
        AudioStreams audioStreams,
        AudioGate audioGate,
        CustomHeaders customHeaders,
        Network network,
        Executor workers,
        BooleanSupplier doNotDisturb,
        ForwardingSettings forwarding,
        ToneChoice tones,
        Nat64 nat64) {
    /** How far calls may go, and where their far ends may send them. */
    public record Limits(
            Duration ringTimeout,
            Duration mediaTimeout,
            Duration qualityInterval,
            int maxCalls,
            IncomingTransfers transfers) {}
}
