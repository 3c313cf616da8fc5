// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import com.techpro.callclient.testkit.pbx.media.Announcement;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.sound.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays a user's messages by DTMF: 1 plays the next, 7 deletes the last played, {@code #} ends.
 * Begins with a beep per unheard message, up to nine, or a low tone if there is none. A low tone
 * also means that a key has no effect. Ends after a minute without a key. Media loop only.
 */
final class VoicemailMenu implements ProgrammeSource.Programme {
    private static final int MOST_IDLE_FRAMES = 60 * 50;

    private final Box box;
    private final Runnable hangUp;
    private List<Long> waiting = new ArrayList<>();
    private Announcement saying = new Announcement(new short[0]);
    private long current = -1;
    private boolean busy;
    private boolean over;
    private int idle;

    VoicemailMenu(Box box, Runnable hangUp) {
        this.box = box;
        this.hangUp = hangUp;
    }

    /** The user's messages. Results come later, on the media loop. */
    interface Box {
        void open(Consumer<Contents> then);

        void hear(long uid, Consumer<short[]> then);

        void delete(long uid);
    }

    /** The contents of the mailbox, in the order of playing. */
    public record Contents(List<Long> messages, int unheard) {
        public Contents {
            messages = List.copyOf(messages);
        }
    }

    @Override
    public void began(ProgrammeSource station) {
        busy = true;
        box.open(contents -> {
            busy = false;
            waiting = new ArrayList<>(contents.messages());
            saying = new Announcement(
                    contents.unheard() == 0 ? Prompts.WRONG : Prompts.beeps(Math.min(9, contents.unheard())));
        });
    }

    @Override
    public void frame(ProgrammeSource station) {
        saying.say(station);
        idle = saying.over() ? idle + 1 : 0;
        if (idle == MOST_IDLE_FRAMES) {
            end();
        }
    }

    @Override
    public void key(ProgrammeSource station, char key) {
        idle = 0;
        if (key == '#') {
            end();
        } else if (!busy && key == '1' && !waiting.isEmpty()) {
            busy = true;
            current = waiting.remove(0);
            box.hear(current, sound -> {
                busy = false;
                saying = new Announcement(Prompts.join(sound, Prompts.BEEP));
            });
        } else if (!busy && key == '7' && current >= 0) {
            box.delete(current);
            current = -1;
            saying = new Announcement(Prompts.THANKS);
        } else if (!busy) {
            saying = new Announcement(Prompts.WRONG);
        }
    }

    private void end() {
        if (!over) {
            over = true;
            hangUp.run();
        }
    }
}
