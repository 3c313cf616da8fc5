// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.testkit.pbx.media.MediaSource;
import com.techpro.callclient.testkit.pbx.media.PacketSink;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Hold as in most phone systems. The PBX answers the holding side itself, and plays music to the
 * other without any signalling to it. Both may hold. On the signalling loop.
 */
final class HoldMusic {
    private final Supplier<MediaSource> newMusic;

    /** By the leg that holds. */
    private final Map<Leg, MediaSource> playing = new HashMap<>();

    HoldMusic(Supplier<MediaSource> newMusic) {
        this.newMusic = newMusic;
    }

    boolean holds(Leg leg) {
        return playing.containsKey(leg);
    }

    boolean silent() {
        return playing.isEmpty();
    }

    /**
     * Handles a re-INVITE if it holds or resumes.
     *
     * @param offer accepted by the leg's media
     * @param agreed the formats that the two legs have in common
     * @param connect connects the media of the two again
     * @return false if the other leg has to be asked
     */
    boolean takes(Leg leg, Leg other, Sdp offer, Sdp.Section agreed, Runnable connect) {
        String direction = offer.directionOf(offer.sections().get(offer.audioIndex()));
        boolean hold = direction.equals("sendonly") || direction.equals("inactive");
        if ((!hold && !holds(leg))
                || !offer.sections().get(offer.audioIndex()).formats().containsAll(agreed.formats())) {
            return false;
        }
        if (!hold) {
            // Before the answer, so that the first word after it is forwarded.
            stop(leg);
            if (silent()) {
                connect.run();
            }
        }
        leg.accept(leg.media().answer(agreed, SupportedFormats.opposite(direction)));
        if (hold && !holds(leg)) {
            MediaSource music = newMusic.get();
            playing.put(leg, music);
            leg.media().port().deliverTo(PacketSink.NOWHERE);
            if (!holds(other)) {
                other.media().port().deliverTo(music);
            }
            music.speak(other.media().port(), SupportedFormats.voice(agreed, "sendrecv"));
        }
        return true;
    }

    void stop() {
        List.copyOf(playing.keySet()).forEach(this::stop);
    }

    private void stop(Leg leg) {
        MediaSource music = playing.remove(leg);
        if (music != null) {
            music.close();
        }
    }
}
