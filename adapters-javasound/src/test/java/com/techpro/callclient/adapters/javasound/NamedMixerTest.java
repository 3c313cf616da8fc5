// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import javax.sound.sampled.Mixer;
import org.junit.jupiter.api.Test;

class NamedMixerTest {
    @Test
    void AUD_9_anIdIsMadeOfTheDevicesOwnWordsAndIsTheSameInEveryRun() {
        // sha256sum of "Headset\nAcme\nUSB audio"
        assertThat(new NamedMixer(new Info("Headset", "Acme", "USB audio"), 3, 0).id(Direction.CAPTURE))
                .isEqualTo("capture-58057c63bafb");
    }

    @Test
    void AUD_9_theIdDoesNotDependOnWhereTheDeviceIsListed() {
        Mixer.Info info = new Info("Headset", "Acme", "USB audio");

        assertThat(new NamedMixer(info, 0, 0).id(Direction.PLAYBACK))
                .isEqualTo(new NamedMixer(info, 7, 0).id(Direction.PLAYBACK));
    }

    @Test
    void twoDevicesOfOneMakeAreToldApart() {
        Mixer.Info info = new Info("Headset", "Acme", "USB audio");

        assertThat(new NamedMixer(info, 1, 1).id(Direction.CAPTURE))
                .isEqualTo(new NamedMixer(info, 0, 0).id(Direction.CAPTURE) + "-1");
    }

    private static final class Info extends Mixer.Info {
        Info(String name, String vendor, String description) {
            super(name, vendor, description, "1");
        }
    }
}
