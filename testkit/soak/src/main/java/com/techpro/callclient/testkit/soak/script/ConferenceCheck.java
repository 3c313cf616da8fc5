// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.Pitches;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.audio.SoakAudio;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Some users join a conference room, each with a tone as its voice. By pitch it checks that each
 * hears all others, and not itself.
 */
public final class ConferenceCheck {
    /** None is a harmonic of another. */
    private static final List<Integer> PITCHES = List.of(440, 590, 770, 1030, 1370);

    public static final int SIZE = PITCHES.size();

    private static final double AMPLITUDE = 6_000;
    /** A mixer may lower voices so that their sum does not clip. */
    private static final double AUDIBLE = 0.2 * AMPLITUDE;

    private static final double TRACE = 0.02 * AMPLITUDE;
    private static final Duration LIMIT = Duration.ofSeconds(40);
    /** Jitter buffers settle, and everybody's voice has reached everybody. */
    private static final Duration SETTLES = Duration.ofSeconds(1);

    private static final Duration LISTENS = Duration.ofMillis(1_500);

    private final String room;
    private final IntSupplier inRoom;
    private final Await.OnLoop waiting;
    private final AudioClock clock;
    private final List<Seat> seats = new ArrayList<>();

    /** @param inRoom the phone system's own count of participants; always 0 if it does not tell */
    public ConferenceCheck(String room, IntSupplier inRoom, Await.OnLoop waiting, AudioClock clock) {
        this.room = room;
        this.inRoom = inRoom;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** Returns when all have left again. */
    public List<Gate> hold(List<Extension> users, BooleanSupplier stopped) {
        waiting.ask(() -> {
            for (int i = 0; i < users.size(); i++) {
                seats.add(new Seat(users.get(i), room, PITCHES.get(i)));
            }
            return true;
        });
        waiting.until(LIMIT, () -> stopped.getAsBoolean() || seats.stream().allMatch(Seat::seesEverybody));
        long rosters =
                waiting.ask(() -> seats.stream().filter(Seat::seesEverybody).count());
        waiting.pass(SETTLES, stopped);
        seats.forEach(seat -> seat.audio.forget());
        waiting.pass(LISTENS, stopped);
        List<double[]> heard = seats.stream().map(Seat::levels).toList();
        seats.forEach(seat -> seat.conference.leave());
        waiting.until(
                LIMIT,
                () -> stopped.getAsBoolean() || (seats.stream().allMatch(Seat::hasLeft) && inRoom.getAsInt() == 0));
        return gates(stopped.getAsBoolean(), rosters, heard, inRoom.getAsInt());
    }

    /**
     * @param rosters how many users see everybody
     * @param heard for each seat the level of each voice there, its own at its own number
     * @param leftOver how many participants remain after all have left
     */
    public static List<Gate> gates(boolean stopped, long rosters, List<double[]> heard, int leftOver) {
        int size = heard.size();
        int others = 0;
        int themselves = 0;
        for (int ear = 0; ear < size; ear++) {
            for (int mouth = 0; mouth < size; mouth++) {
                double level = heard.get(ear)[mouth];
                if (ear == mouth) {
                    themselves += level > TRACE ? 1 : 0;
                } else {
                    others += level > AUDIBLE ? 1 : 0;
                }
            }
        }
        int pairs = size * (size - 1);
        return Stream.of(
                        gate("roster", "see everybody", rosters + " of " + size, "all " + size, rosters == size)
                                .measuredAs(Figure.share(rosters, size)),
                        gate(
                                        "hears-others",
                                        "hear all the others",
                                        others + " of " + pairs,
                                        "all " + pairs,
                                        others == pairs)
                                .measuredAs(Figure.share(others, pairs)),
                        gate("hears-itself", "hear themselves", themselves + " of " + size, "nobody", themselves == 0)
                                .measuredAs(Figure.atMost(themselves, 0, "")),
                        gate(
                                        "left-over",
                                        "remain after all have left",
                                        Integer.toString(leftOver),
                                        "nobody",
                                        leftOver == 0)
                                .measuredAs(Figure.atMost(leftOver, 0, "")))
                .map(gate -> gate.unlessEnded(stopped))
                .toList();
    }

    private static Gate gate(String id, String claim, String measured, String limit, boolean green) {
        return Gate.of("conference-" + id, "conference room: users who " + claim, measured, limit, green);
    }

    /** One user in the room. */
    private final class Seat {
        private final SoakAudio audio;
        private final Conference conference;

        Seat(Extension extension, String room, int pitch) {
            audio = new SoakAudio(clock, new SpeechSource(SpeechClip.tone(pitch, AMPLITUDE), 0), (int)
                    LISTENS.plus(LIMIT).toSeconds());
            conference = extension
                    .account()
                    .join(room, ConferenceOptions.DEFAULT.withCall(CallOptions.DEFAULT.withAudio(audio)));
        }

        boolean seesEverybody() {
            ConferenceSnapshot now = conference.snapshot();
            return now.state() == ConferenceSnapshot.State.JOINED
                    && now.roster() instanceof Roster.Listed listed
                    && listed.current()
                    && listed.participants().size() == seats.size();
        }

        boolean hasLeft() {
            return conference.snapshot().state() == ConferenceSnapshot.State.ENDED;
        }

        /** Returns the level of each voice heard here. */
        double[] levels() {
            CompletableFuture<short[]> recorded = new CompletableFuture<>();
            audio.recording(recording -> recorded.complete(recording.samples()));
            return Pitches.levels(recorded.join(), PITCHES.subList(0, seats.size()));
        }
    }
}
