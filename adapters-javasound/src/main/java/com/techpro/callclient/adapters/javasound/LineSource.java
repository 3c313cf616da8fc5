// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system's devices and lines. */
interface LineSource {
    List<AudioDevice> devices();

    /**
     * Opens and starts a line at the device's own rate.
     *
     * @param deviceId null means the default
     */
    DeviceLine open(AudioDevice.Direction direction, @Nullable String deviceId) throws AudioUnavailableException;
}
