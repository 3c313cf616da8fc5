// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.stack.log.HostWarnings;
import com.techpro.callclient.stack.log.Loggers;

/**
 * Warns once if calls have no sound because the host gave no audio port and did not say that it
 * wants none. Belongs to the loop.
 */
final class SilentCalls {
    private final HostWarnings warnings;
    private boolean told;

    /** @param meant whether the host said that it wants no sound */
    SilentCalls(HostWarnings warnings, boolean meant) {
        this.warnings = warnings;
        this.told = meant;
    }

    void changed(CallSession call, CallEvent event) {
        boolean established =
                event instanceof CallEvent.StateChanged && event.after().state() == CallState.ESTABLISHED;
        if (told || !established || !call.sound().isSilent()) {
            return;
        }
        told = true;
        Loggers.MEDIA.warn("call {} is silent: the client was given no audio port", call.id());
        warnings.tell(
                "silent",
                "calls are silent, as CallClientConfig.builder().platform(p -> p.audio(...)) was given no port, such as"
                        + " JavaSoundAudio. If that is meant, say audio(null), which silences this.",
                null);
    }
}
