// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.VoiceEffects;
import org.jspecify.annotations.Nullable;

/** One call, as far as the phone needs it. */
interface PhoneCall {
    String id();

    CallSnapshot snapshot();

    void answer();

    void reject(RejectReason reason);

    /** Silences the ring; the caller keeps waiting. */
    void silence();

    void hangUp();

    void hold();

    void resume();

    void sendDtmf(String tones);

    void setMuted(boolean muted);

    AudioLevels audioLevels();

    VoiceEffects voiceEffects();

    /** Null means the system's default. */
    void useDevices(@Nullable String microphone, @Nullable String speaker);
}
