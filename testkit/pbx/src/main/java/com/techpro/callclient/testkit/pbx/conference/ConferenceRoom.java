// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The participants of one room. On the signalling loop; its audio belongs to the media loop. */
public final class ConferenceRoom {
    private final EngineLoop loop;
    private final String number;
    private final String title;
    private final RoomKind kind;
    private final RoomMix mix;
    private final BiConsumer<ConferenceRoom, String> changed;

    /** Written on the loop only; immutable, so any thread may read it. */
    private volatile List<Participant> participants = List.of();

    /** @param changed receives the extension that joined, left or changed */
    ConferenceRoom(
            EngineLoop loop,
            String number,
            String title,
            RoomKind kind,
            MediaPlane plane,
            BiConsumer<ConferenceRoom, String> changed) {
        this.loop = loop;
        this.number = number;
        this.title = title;
        this.kind = kind;
        this.mix = new RoomMix(plane);
        this.changed = changed;
    }

    public String number() {
        return number;
    }

    String title() {
        return title;
    }

    RoomKind kind() {
        return kind;
    }

    /** Returns all participants in order of joining; from any thread. */
    public List<Participant> participants() {
        return participants;
    }

    public boolean has(String extension) {
        return participants.stream().anyMatch(one -> one.extension().equals(extension) && one.connected());
    }

    int userCount() {
        return (int)
                participants.stream().map(Participant::extension).distinct().count();
    }

    /** Returns all users with all their devices. */
    List<ConferenceInfo.User> users() {
        Map<String, List<Participant>> byUser = new LinkedHashMap<>();
        for (Participant participant : participants) {
            byUser.computeIfAbsent(participant.extension(), extension -> new ArrayList<>())
                    .add(participant);
        }
        List<ConferenceInfo.User> users = new ArrayList<>();
        byUser.forEach((extension, devices) -> users.add(new ConferenceInfo.User(extension, devices)));
        return users;
    }

    /** Returns one user with all its devices in the room. */
    public ConferenceInfo.User user(String extension) {
        return new ConferenceInfo.User(
                extension,
                participants.stream()
                        .filter(one -> one.extension().equals(extension))
                        .toList());
    }

    /** Returns a seat for a participant. It is used once its line is open or its PIN was right. */
    RoomMix.Seat seatFor(Participant participant, ProgrammeSource station) {
        return mix.new Seat(new Occupant(participant), station);
    }

    /** Adds a participant that is being called. */
    void expects(Participant participant) {
        add(participant);
    }

    void left(Participant participant) {
        if (participants.contains(participant)) {
            List<Participant> rest = new ArrayList<>(participants);
            rest.remove(participant);
            participants = List.copyOf(rest);
            changed.accept(this, participant.extension());
        }
    }

    /** Publishes a change of a participant. */
    void changed(Participant participant) {
        if (participants.contains(participant)) {
            changed.accept(this, participant.extension());
        }
    }

    public void mute(Participant participant, boolean on) {
        if (participant.muted() != on) {
            participant.mute(on);
            changed(participant);
        }
    }

    /** Ends all calls. */
    public void clear() {
        participants.forEach(Participant::hangUp);
    }

    private void add(Participant participant) {
        if (!participants.contains(participant)) {
            List<Participant> more = new ArrayList<>(participants);
            more.add(participant);
            participants = List.copyOf(more);
        }
        changed.accept(this, participant.extension());
    }

    /** Reports events of the media loop to the signalling loop. */
    private final class Occupant implements RoomMix.Occupant {
        private static final int MOST_SOURCES = 16;

        private final Participant participant;
        private char keyBefore;
        private int sources;

        private Occupant(Participant participant) {
            this.participant = participant;
        }

        @Override
        public void seated() {
            loop.execute(() -> {
                if (!participant.gone()) {
                    participant.joined(loop.now());
                    add(participant);
                }
            });
        }

        @Override
        public void source(int ssrc) {
            // Limits how many SSRC changes of one device are published.
            if (sources++ < MOST_SOURCES) {
                loop.execute(() -> {
                    participant.source(ssrc);
                    changed(participant);
                });
            }
        }

        @Override
        public void key(char key) {
            if (keyBefore == '*' && key == '6') {
                loop.execute(() -> mute(participant, !participant.muted()));
            }
            keyBefore = key;
        }
    }
}
