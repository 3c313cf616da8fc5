// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.voicemail.cache.VoicemailCache;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What playbacks share.
 *
 * @param workers several tasks at a time, which may block, but not for a server
 * @param networkWorkers for what waits for the mailbox
 * @param audioWorker opens and closes devices, the calls' too, one after the other
 * @param audio null where there is no loudspeaker
 */
public record PlaybackParts(
        EngineLoop loop,
        Executor workers,
        Executor networkWorkers,
        Executor audioWorker,
        @Nullable AudioPort audio,
        AudioStreams streams,
        VoicemailCache cache) {}
