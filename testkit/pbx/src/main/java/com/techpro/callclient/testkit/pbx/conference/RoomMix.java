// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.media.SpeechSender;
import com.techpro.callclient.testkit.pbx.media.VoiceFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * The audio of one room: each participant hears all others. All silent participants hear the same
 * mix, which is encoded once per codec. Each packet lists the audible speakers as contributing
 * sources (RFC 3550 §7.1). Together with the SSRCs in the conference document this tells who is
 * talking. Media loop only.
 */
final class RoomMix {
    /** Below this level a participant does not count as talking. */
    private static final int TALKING = 500;

    private final MediaPlane plane;
    private final Runnable beat = this::beat;
    private final RoomMixer mixer = new RoomMixer();
    private final short[] frame = new short[FrameClock.SAMPLES];
    private final byte[] own = new byte[FrameClock.SAMPLES];
    private final Shared ulaw = new Shared(G711.ULAW);
    private final Shared alaw = new Shared(G711.ALAW);
    private final int[] sources = new int[SpeechSender.MOST_SOURCES];

    /** Replaced at each change. */
    private List<Seat> seats = List.of();

    RoomMix(MediaPlane plane) {
        this.plane = plane;
    }

    /** Receives the events of a seat, on the media loop. */
    interface Occupant {
        void seated();

        void source(int ssrc);

        /** A DTMF digit. */
        void key(char key);
    }

    /** One participant's place in the mix; a programme of its {@link ProgrammeSource}. */
    final class Seat implements ProgrammeSource.Programme {
        private final Occupant occupant;
        private final short[] voice = new short[FrameClock.SAMPLES];
        private volatile boolean muted;
        private volatile boolean talking;
        private boolean speaks;
        private final ProgrammeSource station;

        Seat(Occupant occupant, ProgrammeSource station) {
            this.occupant = occupant;
            this.station = station;
        }

        /** Mutes the participant for everybody. From any thread. */
        void mute(boolean on) {
            muted = on;
        }

        /** Whether the participant is talking now. From any thread. */
        boolean talking() {
            return talking;
        }

        @Override
        public void began(ProgrammeSource line) {
            List<Seat> more = new ArrayList<>(seats);
            more.add(this);
            if (seats.isEmpty()) {
                plane.frames().add(beat);
            }
            seats = more;
            occupant.seated();
        }

        /** The room's own timer serves all seats together. */
        @Override
        public void frame(ProgrammeSource line) {}

        @Override
        public void key(ProgrammeSource line, char key) {
            occupant.key(key);
        }

        @Override
        public void source(ProgrammeSource line, int ssrc) {
            occupant.source(ssrc);
        }

        @Override
        public void ended(ProgrammeSource line) {
            List<Seat> fewer = new ArrayList<>(seats);
            fewer.remove(this);
            seats = fewer;
            if (fewer.isEmpty()) {
                plane.frames().remove(beat);
            }
        }
    }

    /** Processes the next 20 ms of everybody. */
    void beat() {
        List<Seat> now = seats;
        mixer.begin();
        int talkers = 0;
        for (int i = 0; i < now.size(); i++) {
            Seat seat = now.get(i);
            seat.speaks = seat.station.hear(seat.voice) && !seat.muted;
            seat.talking = seat.speaks && isLoud(seat.voice);
            if (seat.speaks) {
                mixer.add(seat.voice);
            }
            if (seat.talking && talkers < sources.length) {
                sources[talkers++] = seat.station.source();
            }
        }
        mixer.settle();
        ulaw.begin();
        alaw.begin();
        for (int i = 0; i < now.size(); i++) {
            Seat seat = now.get(i);
            VoiceFormat format = seat.station.format();
            if (format != null) {
                Shared common = format.law() == G711.ALAW ? alaw : ulaw;
                seat.station.say(seat.speaks ? without(seat, common.law) : common.encoded(), sources, talkers);
            }
        }
    }

    private byte[] without(Seat seat, G711 law) {
        mixer.everybodyBut(seat.voice, frame);
        law.encode(frame, 0, own, 0, FrameClock.SAMPLES);
        return own;
    }

    /** The mix for all silent participants, in one G.711 law. */
    private final class Shared {
        private final G711 law;
        private final byte[] encoded = new byte[FrameClock.SAMPLES];
        private boolean written;

        private Shared(G711 law) {
            this.law = law;
        }

        private void begin() {
            written = false;
        }

        private byte[] encoded() {
            if (!written) {
                written = true;
                mixer.everybody(frame);
                law.encode(frame, 0, encoded, 0, FrameClock.SAMPLES);
            }
            return encoded;
        }
    }

    private static boolean isLoud(short[] voice) {
        for (short sample : voice) {
            if (Math.abs(sample) > TALKING) {
                return true;
            }
        }
        return false;
    }
}
