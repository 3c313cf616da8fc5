// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a call heard.
 *
 * @param speech the verdict while speech was due
 * @param onHold the verdict while the other end was on hold
 * @param quality the engine's last figures of the call; null if no media ever flowed
 */
public record HeardSpeech(
        SpeechVerdict speech,
        SilenceVerdict onHold,
        @Nullable CallQuality quality) {}
