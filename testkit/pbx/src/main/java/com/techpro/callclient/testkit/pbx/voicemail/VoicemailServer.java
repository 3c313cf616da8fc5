// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.CallControl;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import com.techpro.callclient.testkit.pbx.sound.Prompts;
import com.techpro.callclient.testkit.pbx.subscription.MwiNotifier;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Records messages for extensions that do not answer, plays them to their users, and sends
 * message-waiting notifications for every change of a mailbox. On the signalling loop; workers read
 * the mailboxes.
 */
public final class VoicemailServer {
    private final ActiveCalls calls;
    private final LegFactory lines;
    private final MwiNotifier lamp;
    private final VoicemailSettings settings;
    private final Mailboxes boxes;
    private final Scheduler media;
    private final Executor workers;

    /** The counts last notified. */
    private final Map<String, Mailboxes.Counts> told = new HashMap<>();
    /** Mailboxes being counted, and those that have changed again meanwhile. */
    private final Set<String> counting = new HashSet<>();

    private final Set<String> changedAgain = new HashSet<>();

    public VoicemailServer(
            ActiveCalls calls,
            LegFactory lines,
            MwiNotifier lamp,
            VoicemailSettings settings,
            Mailboxes boxes,
            Set<String> extensions,
            Scheduler media,
            Executor workers) {
        this.calls = calls;
        this.lines = lines;
        this.lamp = lamp;
        this.settings = settings;
        this.boxes = boxes;
        this.media = media;
        this.workers = workers;
        boxes.whenChanged(extensions, extension -> calls.loop().execute(() -> recount(extension)));
    }

    /** The caller who leaves a message. */
    public record Caller(String number, String name) {
        @Override
        public String toString() {
            return "Caller[redacted]";
        }
    }

    /**
     * Whether a failed call may leave a message: unreachable, no answer or busy. A decline does
     * not.
     */
    public static boolean takes(int status) {
        return status == 480 || status == 408 || status == 486;
    }

    /** Answers a call that an extension did not take. */
    public void record(Leg leg, ServerTransactionHandle invite, String mailbox, Caller caller) {
        ProgrammeSource station = lines.newStation();
        ServiceCall call = new ServiceCall(calls, station);
        station.with(new VoicemailRecorder(
                settings.inWords() ? Prompts.greeting() : Prompts.TONE_GREETING,
                settings.longest(),
                samples -> keep(new VoiceMessage(mailbox, caller.number(), caller.name(), media.now(), samples)),
                () -> calls.loop().execute(call::hangUp)));
        leg.handOver(call);
        begin(call, leg, invite);
    }

    /** Answers a caller who dialled a mailbox directly. */
    public void record(ServerTransactionHandle invite, String mailbox, Caller caller) throws IOException {
        Leg.Maker maker = lines.toCaller(invite);
        record(maker.make(CallControl.NONE), invite, mailbox, caller);
    }

    /** Answers a user who wants to listen to messages. */
    public void listen(ServerTransactionHandle invite, String extension) throws IOException {
        Leg.Maker maker = lines.toCaller(invite);
        ProgrammeSource station = lines.newStation();
        ServiceCall call = new ServiceCall(calls, station);
        station.with(new VoicemailMenu(new BoxOf(extension), () -> calls.loop().execute(call::hangUp)));
        begin(call, maker.make(call), invite);
    }

    /** Stores a message in its mailbox; from any thread. */
    public void keep(VoiceMessage message) {
        if (message.worthKeeping()) {
            workers.execute(() -> boxes.deliver(message));
        }
    }

    private void begin(ServiceCall call, Leg leg, ServerTransactionHandle invite) {
        calls.began(call);
        call.start(leg, invite);
        calls.connected(call);
    }

    private void recount(String extension) {
        if (!counting.add(extension)) {
            changedAgain.add(extension);
            return;
        }
        workers.execute(() -> {
            Mailboxes.Counts counts = boxes.counts(extension);
            calls.loop().execute(() -> {
                counting.remove(extension);
                if (!counts.equals(told.put(extension, counts))) {
                    lamp.set(extension, counts.unheard(), counts.heard());
                }
                if (changedAgain.remove(extension)) {
                    recount(extension);
                }
            });
        });
    }

    /** Runs the menu's requests on a worker, and returns the results on the media loop. */
    private final class BoxOf implements VoicemailMenu.Box {
        private final String extension;

        private BoxOf(String extension) {
            this.extension = extension;
        }

        @Override
        public void open(Consumer<VoicemailMenu.Contents> then) {
            workers.execute(() -> {
                VoicemailMenu.Contents contents = new VoicemailMenu.Contents(
                        boxes.messages(extension), boxes.counts(extension).unheard());
                media.execute(() -> then.accept(contents));
            });
        }

        @Override
        public void hear(long uid, Consumer<short[]> then) {
            workers.execute(() -> {
                short[] sound = boxes.hear(extension, uid);
                media.execute(() -> then.accept(sound));
            });
        }

        @Override
        public void delete(long uid) {
            workers.execute(() -> boxes.delete(extension, uid));
        }
    }
}
