// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.testkit.pbx.media.Announcement;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.sound.Prompts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Prompts with a beep for a PIN that ends with {@code #}. Gives up after three wrong ones, or after
 * a minute. Media loop only.
 */
final class PinPrompt implements ProgrammeSource.Programme {
    private static final int ATTEMPTS = 3;
    private static final int LONGEST_PIN = 32;
    private static final int MOST_FRAMES = 60 * 50;

    private final String pin;
    private final ProgrammeSource.Programme behind;
    private final Runnable refused;
    private final StringBuilder entered = new StringBuilder();
    private Announcement prompt = new Announcement(Prompts.ENTER_PIN);
    private int wrong;
    private int frames;
    private boolean over;

    /**
     * @param behind the programme that follows the right PIN
     * @param refused called once, on the media loop
     */
    PinPrompt(String pin, ProgrammeSource.Programme behind, Runnable refused) {
        this.pin = pin;
        this.behind = behind;
        this.refused = refused;
    }

    @Override
    public void began(ProgrammeSource station) {}

    @Override
    public void frame(ProgrammeSource station) {
        prompt.say(station);
        if (++frames == MOST_FRAMES) {
            giveUp();
        }
    }

    @Override
    public void key(ProgrammeSource station, char key) {
        if (over) {
            return;
        }
        if (key != '#') {
            if (entered.length() < LONGEST_PIN) {
                entered.append(key);
            }
            return;
        }
        boolean right = MessageDigest.isEqual(
                entered.toString().getBytes(StandardCharsets.UTF_8), pin.getBytes(StandardCharsets.UTF_8));
        entered.setLength(0);
        if (right) {
            over = true;
            station.turnTo(behind);
        } else if (++wrong == ATTEMPTS) {
            giveUp();
        } else {
            prompt = new Announcement(Prompts.WRONG);
        }
    }

    private void giveUp() {
        if (!over) {
            over = true;
            refused.run();
        }
    }
}
