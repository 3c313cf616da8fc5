// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.examples.desktop.phone.Ring;
import java.util.prefs.Preferences;
import org.jspecify.annotations.Nullable;

/** Stores the user's ring settings in the system's preferences. */
final class StoredRing implements Ring {
    private static final String DEVICE = "ring-device";
    private static final String OFF = "ring-off";

    private final Preferences preferences = Preferences.userNodeForPackage(StoredRing.class);

    @Override
    public CallTones tones() {
        return CallTones.DEFAULT
                .withRinging(!preferences.getBoolean(OFF, false))
                .withRingDevice(preferences.get(DEVICE, null));
    }

    @Override
    public void playOn(@Nullable String device) {
        if (device == null) {
            preferences.remove(DEVICE);
        } else {
            preferences.put(DEVICE, device);
        }
    }

    @Override
    public void off(boolean off) {
        preferences.putBoolean(OFF, off);
    }
}
