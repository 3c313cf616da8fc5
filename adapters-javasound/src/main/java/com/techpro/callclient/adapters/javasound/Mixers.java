// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Mixer;

/** The mixers that JavaSound knows; a test has its own. */
interface Mixers {
    /** Those of this machine. */
    Mixers INSTALLED = new Mixers() {
        @Override
        public Mixer.Info[] infos() {
            return AudioSystem.getMixerInfo();
        }

        @Override
        public Mixer mixer(Mixer.Info info) {
            return AudioSystem.getMixer(info);
        }
    };

    /** Returns those present now, the system's default first. */
    Mixer.Info[] infos();

    /** @throws IllegalArgumentException if there is no such mixer any more */
    Mixer mixer(Mixer.Info info);
}
