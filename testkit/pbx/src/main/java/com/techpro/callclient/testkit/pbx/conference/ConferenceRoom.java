// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.stack.loop.EngineLoop;
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
    private volatile List<RoomParticipant> participants = List.of();

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
    public List<RoomParticipant> participants() {
        return participants;
    }

    public boolean has(String extension) {
        return participants.stream().anyMatch(one -> one.extension().equals(extension) && one.connected());
    }

    int userCount() {
        return (int)
                participants.stream().map(RoomParticipant::extension).distinct().count();
    }

    /** Returns all users with all their devices. */
    List<ConferenceInfoWriter.User> users() {
        Map<String, List<RoomParticipant>> byUser = new LinkedHashMap<>();
        for (RoomParticipant participant : participants) {
            byUser.computeIfAbsent(participant.extension(), extension -> new ArrayList<>())
                    .add(participant);
        }
        List<ConferenceInfoWriter.User> users = new ArrayList<>();
        byUser.forEach((extension, devices) -> users.add(new ConferenceInfoWriter.User(extension, devices)));
        return users;
    }

    /** Returns one user with all its devices in the room. */
    public ConferenceInfoWriter.User user(String extension) {
        return new ConferenceInfoWriter.User(
                extension,
                participants.stream()
                        .filter(one -> one.extension().equals(extension))
                        .toList());
    }

    /** Returns a seat for a participant. It is used once its line is open or its PIN was right. */
    RoomMix.Seat seatFor(RoomParticipant participant, ProgrammeSource station) {
        return mix.new Seat(new Occupant(participant), station);
    }

    /** Adds a participant that is being called. */
    void expects(RoomParticipant participant) {
        add(participant);
    }

    void left(RoomParticipant participant) {
        if (participants.contains(participant)) {
            List<RoomParticipant> rest = new ArrayList<>(participants);
            rest.remove(participant);
            participants = List.copyOf(rest);
            changed.accept(this, participant.extension());
        }
    }

    /** Publishes a change of a participant. */
    void changed(RoomParticipant participant) {
        if (participants.contains(participant)) {
            changed.accept(this, participant.extension());
        }
    }

    public void mute(RoomParticipant participant, boolean on) {
        if (participant.muted() != on) {
            participant.mute(on);
            changed(participant);
        }
    }

    /** Mutes all but one, or unmutes them if all are muted. */
    private void muteOthers(RoomParticipant moderator) {
        List<RoomParticipant> others = participants.stream()
                .filter(one -> one != moderator && one.connected())
                .toList();
        boolean on = !others.stream().allMatch(RoomParticipant::muted);
        others.forEach(one -> mute(one, on));
    }

    /** Ends all calls. */
    public void clear() {
        participants.forEach(RoomParticipant::hangUp);
    }

    private void add(RoomParticipant participant) {
        if (!participants.contains(participant)) {
            List<RoomParticipant> more = new ArrayList<>(participants);
            more.add(participant);
            participants = List.copyOf(more);
        }
        changed.accept(this, participant.extension());
    }

    /** Reports events of the media loop to the signalling loop. */
    private final class Occupant implements RoomMix.Occupant {
        private static final int MOST_SOURCES = 16;

        private final RoomParticipant participant;
        private char keyBefore;
        private int sources;

        private Occupant(RoomParticipant participant) {
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
            } else if (keyBefore == '*' && key == '5') {
                loop.execute(() -> muteOthers(participant));
            }
            keyBefore = key;
        }
    }
}
