// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A session on a mailbox in memory. Several may be open on one {@link Mailbox}, like a user's desk
 * phone and mobile.
 */
public final class FakeVoicemailBox implements VoicemailBox {
    private final Mailbox mailbox;
    private final @Nullable Reason refusal;
    private final List<FakeVoicemailAudio> streams = new CopyOnWriteArrayList<>();
    private volatile @Nullable Runnable watcher;
    private volatile boolean closed;

    public FakeVoicemailBox(Mailbox mailbox) {
        this(mailbox, null);
    }

    /** @param refusal why its mailbox refuses it; null if it does not */
    public FakeVoicemailBox(Mailbox mailbox, @Nullable Reason refusal) {
        this.mailbox = mailbox;
        this.refusal = refusal;
        mailbox.boxes.add(this);
    }

    @Override
    public Set<Capability> capabilities() {
        return mailbox.capabilities();
    }

    @Override
    public VoicemailPage list(int offset, int limit) throws VoicemailException {
        synchronized (mailbox) {
            check(null);
            List<VoicemailMessage> all = mailbox.newestFirst();
            int from = Math.min(offset, all.size());
            int unheard = (int) all.stream().filter(message -> !message.heard()).count();
            mailbox.lists++;
            return new VoicemailPage(all.subList(from, Math.min(from + limit, all.size())), all.size(), unheard);
        }
    }

    @Override
    public VoicemailAudio open(String id) throws VoicemailException {
        FakeVoicemailAudio stream;
        String type;
        boolean marked;
        synchronized (mailbox) {
            check(null);
            Greeted greeting = mailbox.greetings.get(id);
            Kept kept = mailbox.kept.get(id);
            byte[] bytes;
            if (greeting != null) {
                bytes = greeting.audio;
            } else if (kept != null && kept.deletedBy == null) {
                bytes = kept.audio;
            } else {
                throw new VoicemailException(Reason.NO_SUCH_MESSAGE, "no such message");
            }
            type = kept == null ? "audio/x-wav" : kept.contentType;
            marked = kept != null && mailbox.capabilities.contains(Capability.READ_ON_FETCH) && !kept.heard;
            if (kept != null && marked) {
                kept.heard = true;
            }
            stream = new FakeVoicemailAudio(mailbox, bytes, streams::remove);
            streams.add(stream);
            mailbox.opened++;
        }
        if (marked) {
            mailbox.changed(this);
        }
        return new VoicemailAudio(type, stream.length(), stream);
    }

    @Override
    public void setHeard(String id, boolean heard) throws VoicemailException {
        synchronized (mailbox) {
            check(Capability.MARK_HEARD);
            mailbox.existing(id).heard = heard;
        }
        mailbox.changed(this);
    }

    @Override
    public void delete(String id) throws VoicemailException {
        synchronized (mailbox) {
            check(Capability.DELETE);
            mailbox.existing(id).deletedBy = this;
            if (!mailbox.capabilities.contains(Capability.UNDELETE)) {
                mailbox.kept.remove(id);
            }
        }
        mailbox.changed(this);
    }

    @Override
    public void undelete(String id) throws VoicemailException {
        synchronized (mailbox) {
            check(Capability.UNDELETE);
            mailbox.existing(id).deletedBy = null;
        }
        mailbox.changed(this);
    }

    @Override
    public void purge() throws VoicemailException {
        synchronized (mailbox) {
            check(null);
            mailbox.kept.values().removeIf(kept -> kept.deletedBy == this);
            mailbox.purges++;
        }
    }

    @Override
    public List<Greeting> greetings() throws VoicemailException {
        synchronized (mailbox) {
            check(null);
            List<Greeting> all = new ArrayList<>();
            if (mailbox.capabilities.contains(Capability.GREETINGS)) {
                mailbox.greetings.forEach((id, greeting) -> all.add(new Greeting(id, greeting.kind, true)));
            }
            return all;
        }
    }

    @Override
    public void watch(@Nullable Runnable changed) {
        watcher = closed ? null : changed;
    }

    @Override
    public void close() {
        closed = true;
        watcher = null;
        mailbox.boxes.remove(this);
        streams.forEach(FakeVoicemailAudio::close);
    }

    public boolean isClosed() {
        return closed;
    }

    private void check(@Nullable Capability needed) throws VoicemailException {
        if (closed) {
            throw new VoicemailException(Reason.CLOSED, "this box was closed");
        }
        Reason failure = refusal != null ? refusal : mailbox.failure;
        if (failure != null) {
            throw new VoicemailException(failure, "refused by the test");
        }
        if (needed != null && !mailbox.capabilities.contains(needed)) {
            throw new VoicemailException(Reason.UNSUPPORTED, "this mailbox has no " + needed);
        }
    }

    /** The mailbox on the phone system. Its methods may be called from any thread. */
    public static final class Mailbox {
        private final Map<String, Kept> kept = new LinkedHashMap<>();
        private final Map<String, Greeted> greetings = new LinkedHashMap<>();
        private final List<FakeVoicemailBox> boxes = new CopyOnWriteArrayList<>();
        private Set<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.READ_ON_FETCH));
        private @Nullable Reason failure;
        private int nextId = 1;
        private int opened;
        private int lists;
        private int purges;
        private int heldAfter = -1;
        private int brokenAfter = -1;

        /**
         * Sets its capabilities from now on; default: all except {@link Capability#READ_ON_FETCH}.
         */
        public synchronized Mailbox can(Set<Capability> these) {
            capabilities = these.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(these);
            return this;
        }

        public synchronized Set<Capability> capabilities() {
            return Set.copyOf(capabilities);
        }

        /** Delivers a caller's message and notifies the watchers. */
        public String deliver(
                @Nullable String number,
                @Nullable String name,
                Instant received,
                @Nullable Duration duration,
                byte[] audio) {
            String id;
            synchronized (this) {
                id = "m" + nextId++;
                kept.put(id, new Kept(number, name, received, duration, audio.clone()));
            }
            changed(null);
            return id;
        }

        /** Stores a greeting, as the user would record it. */
        public synchronized String greeting(String kind, byte[] audio) {
            String id = "g" + nextId++;
            greetings.put(id, new Greeted(kind, audio.clone()));
            return id;
        }

        public synchronized Mailbox urgent(String id) {
            required(id).urgent = true;
            return this;
        }

        public synchronized Mailbox contentType(String id, String type) {
            required(id).contentType = type;
            return this;
        }

        public synchronized Mailbox transcription(String id, String words) {
            required(id).transcription = words;
            return this;
        }

        /** Marks a message, as another program would. */
        public void heardElsewhere(String id, boolean heard) {
            synchronized (this) {
                required(id).heard = heard;
            }
            changed(null);
        }

        /** Removes a message for good, as another program would. */
        public void removeElsewhere(String id) {
            synchronized (this) {
                kept.remove(id);
            }
            changed(null);
        }

        /** Returns whether a message is marked as heard. */
        public synchronized boolean isHeard(String id) {
            return required(id).heard;
        }

        /** Returns whether it exists, deleted or not. */
        public synchronized boolean has(String id) {
            return kept.containsKey(id);
        }

        public synchronized boolean isDeleted(String id) {
            return required(id).deletedBy != null;
        }

        /** Makes every method fail with this reason from now on; null ends it. */
        public synchronized void fail(@Nullable Reason reason) {
            failure = reason;
        }

        /**
         * Holds audio back after that many bytes. Readers block until it is released, so this is
         * for real time.
         */
        public synchronized void holdAudio(int after) {
            heldAfter = after;
        }

        /** Releases held-back audio. */
        public synchronized void releaseAudio() {
            heldAfter = -1;
            notifyAll();
        }

        /** Breaks the connection at that byte of every audio stream opened; -1 ends it. */
        public synchronized void breakAudio(int after) {
            brokenAfter = after;
        }

        synchronized int heldAfter() {
            return heldAfter;
        }

        synchronized int brokenAfter() {
            return brokenAfter;
        }

        /** Returns how often audio was opened. */
        public synchronized int opened() {
            return opened;
        }

        /** Returns how often a page was listed. */
        public synchronized int lists() {
            return lists;
        }

        public synchronized int purges() {
            return purges;
        }

        /** Returns how many audio streams are open. */
        public int openStreams() {
            return boxes.stream().mapToInt(box -> box.streams.size()).sum();
        }

        /**
         * Returns what an observer between box and mailbox could read: how much was requested, but
         * no content.
         */
        public synchronized byte[] wire() {
            return ("lists=" + lists + " opened=" + opened + " purges=" + purges).getBytes(StandardCharsets.US_ASCII);
        }

        /** Returns how many boxes are open. */
        public int openBoxes() {
            return boxes.size();
        }

        private void changed(@Nullable FakeVoicemailBox by) {
            if (!capabilities().contains(Capability.WATCH)) {
                return;
            }
            for (FakeVoicemailBox box : boxes) {
                Runnable watcher = box.watcher;
                if (box != by && watcher != null) {
                    watcher.run();
                }
            }
        }

        private Kept required(String id) {
            Kept message = kept.get(id);
            if (message == null) {
                throw new IllegalArgumentException("no such message");
            }
            return message;
        }

        private Kept existing(String id) throws VoicemailException {
            if (!kept.containsKey(id)) {
                throw new VoicemailException(Reason.NO_SUCH_MESSAGE, "no such message");
            }
            return required(id);
        }

        private List<VoicemailMessage> newestFirst() {
            return kept.entrySet().stream()
                    .filter(entry -> entry.getValue().deletedBy == null)
                    .map(entry -> entry.getValue().shown(entry.getKey()))
                    .sorted(Comparator.comparing(VoicemailMessage::received).reversed())
                    .collect(Collectors.toList());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Greeted(String kind, byte[] audio) {}

    private static final class Kept {
        private final @Nullable String number;
        private final @Nullable String name;
        private final Instant received;
        private final @Nullable Duration duration;
        private final byte[] audio;
        private String contentType = "audio/x-wav";
        private @Nullable String transcription;
        private boolean heard;
        private boolean urgent;
        private @Nullable FakeVoicemailBox deletedBy;

        Kept(
                @Nullable String number,
                @Nullable String name,
                Instant received,
                @Nullable Duration duration,
                byte[] audio) {
            this.number = number;
            this.name = name;
            this.received = received;
            this.duration = duration;
            this.audio = audio;
        }

        VoicemailMessage shown(String id) {
            return new VoicemailMessage(
                    id, number, name, received, duration, heard, urgent, audio.length, transcription);
        }
    }
}
