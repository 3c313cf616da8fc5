// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.internal.privacy.EgressGuard;
import com.techpro.callclient.engine.internal.tone.ToneChoice;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.media.MediaEngine;
import com.techpro.callclient.stack.net.Nat64;
import com.techpro.callclient.stack.sip.SipStack;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all accounts and calls of one client share.
 *
 * @param audio null if calls are silent unless their options say otherwise
 * @param audioWorker opens and closes devices, one after the other
 * @param egress permits the destinations of a call's media while the call lasts
 * @param limits time limits, the interval of quality reports, the maximum number of calls, and the
 *     transfer policy
 * @param customHeaders the headers that a host may send and read
 * @param network restricted to what the egress guard permits
 * @param workers for long computations
 * @param doNotDisturb whether no call may ring; queried on the loop
 * @param forwarding the user's call forwarding; queried on the loop
 * @param tones the call progress tones of the user's country
 * @param nat64 maps IPv4 addresses on an IPv6-only network
 */
public record CallContext(
        EngineLoop loop,
        SipStack sip,
        MediaEngine media,
        Random random,
        @Nullable AudioPort audio,
        Set<VoiceEffect> voiceEffects,
        Executor audioWorker,
        Limits limits,
        EgressGuard egress,
        MicrophoneOwner microphone,
        AudioStreams audioStreams,
        AudioGate audioGate,
        EchoMemory echoMemory,
        CustomHeaders customHeaders,
        Network network,
        Executor workers,
        BooleanSupplier doNotDisturb,
        ForwardingSettings forwarding,
        ToneChoice tones,
        Nat64 nat64) {
    /**
     * Limits of calls, and the policy for transfers that far ends request.
     *
     * @param traced whether each call keeps its inputs
     */
    public record Limits(
            Duration ringTimeout,
            Duration mediaTimeout,
            Duration qualityInterval,
            int maxCalls,
            IncomingTransfers transfers,
            boolean traced) {}
}
