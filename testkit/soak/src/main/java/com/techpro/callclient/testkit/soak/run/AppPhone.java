// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.privacy.AppUser;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.audio.SoakAudio;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The app of one user, with the engine's default settings and the user's own vault. */
final class AppPhone implements CallClientListener, AutoCloseable {
    private static final int RECORDED_SECONDS = 60;

    private final AppLogin login;
    private final AppUser user;
    private final SpeechSource talk;
    private final SoakAudio audio;
    private final FakeNotifications notices = new FakeNotifications();
    private final Queue<Call> incoming = new ConcurrentLinkedQueue<>();
    private final Duration patience;
    private @Nullable Recording whenLeaving;

    /**
     * @param talk the user's speech in every call
     * @param patience how long the user waits for a message
     */
    AppPhone(
            AppLogin login, Path home, Supplier<Vault> vaults, AudioClock clock, SpeechSource talk, Duration patience) {
        this.patience = patience;
        this.login = login;
        this.talk = talk;
        this.audio = new SoakAudio(clock, talk, RECORDED_SECONDS);
        this.user = new AppUser(home, vaults, login.system(), this::startApp);
    }

    private CallClient startApp(SecureStorePort store) {
        return CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .listener(this)
                .platform(p -> p.audio(audio)
                        .permissions(new FakePermissions())
                        .notifications(notices)
                        .store(store))
                .tones(CallTones.OFF)
                .build());
    }

    LoginResult logIn() {
        return user.logIn(login.login());
    }

    LoginResult restart() {
        return user.restart();
    }

    LogoutResult logOut() {
        return user.logOut();
    }

    /** Whether the registrar has a binding for the user. */
    boolean isRegistered() {
        return login.registered().getAsBoolean();
    }

    String email() {
        return login.login().user();
    }

    List<Favorite> favorites() {
        return user.client().people().favorites().snapshot().favorites();
    }

    /** Returns why favourites are not in the vault, for a report; empty if they are. */
    String storageTrouble() {
        if (user.client().lock().isLocked()) {
            return "";
        }
        var reason = user.client().people().favorites().snapshot().storage().reason();
        return reason == null ? "" : ", vault: " + reason;
    }

    void addFavorite(AppPhone whom, String name) {
        var added = user.client().people().favorites().add(new Favorite(whom.number(), name));
        Await.until("the favourite is added", () -> added.toCompletableFuture().isDone());
    }

    List<PastCall> history() {
        return user.client().people().history().snapshot().entries().stream()
                .filter(CallRecord.class::isInstance)
                .map(entry -> PastCall.of((CallRecord) entry))
                .toList();
    }

    boolean remembers(CallDirection direction, CallOutcome outcome) {
        return history().stream().anyMatch(call -> call.direction() == direction && call.outcome() == outcome);
    }

    /** Returns the contents of the user's files. */
    Collection<byte[]> onDisk() {
        return user.onDisk().values();
    }

    boolean showsOnDisk(String... texts) {
        return onDisk().stream()
                .map(content -> new String(content, StandardCharsets.ISO_8859_1))
                .anyMatch(content -> Stream.of(texts).anyMatch(content::contains));
    }

    /** Makes an answered call and a missed one. */
    void callTwice(AppPhone other) {
        Call answered = dial(other);
        Call taken = other.ringing();
        var unused = taken.answer();
        await(answered, CallState.ESTABLISHED);
        await(taken, CallState.ESTABLISHED);
        answered.hangUp();
        await(answered, CallState.ENDED);
        await(taken, CallState.ENDED);

        Call givenUp = dial(other);
        Call missed = other.ringing();
        givenUp.hangUp();
        await(givenUp, CallState.ENDED);
        await(missed, CallState.ENDED);
    }

    /** Calls a busy user and starts to leave a message. */
    Message beginMessage(AppPhone busy) {
        audio.forget();
        Call call = dial(busy);
        var unusedReject = busy.ringing().reject(RejectReason.BUSY);
        await(call, CallState.ESTABLISHED);
        // Any key skips the greeting.
        var unusedDigit = call.sendDtmf("1");
        return new Message(call);
    }

    /** Returns the user's speech. */
    SpeechSource talk() {
        return talk;
    }

    /** Returns what was heard since the last message was begun or played. */
    Recording heard() {
        CompletableFuture<Recording> recorded = new CompletableFuture<>();
        audio.recording(recorded::complete);
        return recorded.join();
    }

    /** Returns what was heard during the call that left a message. */
    Recording heardWhenLeaving() {
        return Objects.requireNonNull(whenLeaving, "a message was left");
    }

    /** Waits until the user is notified of a message; returns how long after its call that was. */
    Duration told(Message message) {
        Await.until(
                "the user is told of a message",
                () -> notices.shown().stream().anyMatch(Notice.VoicemailWaiting.class::isInstance),
                patience);
        return Duration.ofNanos(System.nanoTime() - message.endedAt);
    }

    /** Waits until a message is listed. */
    void awaitMessage() {
        Await.until("the message is listed", () -> !messages().isEmpty(), patience);
    }

    /** Plays the newest message to its end, or until it cannot be played. */
    PlaybackSnapshot playMessage() {
        audio.forget();
        try (Playback playback =
                user.client().voicemail().play(messages().get(0).id())) {
            Await.until(
                    "the message is played", () -> switch (playback.snapshot().state()) {
                        case ENDED, FAILED -> true;
                        default -> false;
                    });
            return playback.snapshot();
        }
    }

    /**
     * Deletes the newest message for good; returns empty if nothing of it remains, here and at the
     * phone system, else what remains.
     */
    String deleteMessage() {
        Voicemail voicemail = user.client().voicemail();
        VoicemailOutcome deleted = done(voicemail.delete(messages().get(0).id()));
        VoicemailOutcome purged = done(voicemail.purge());
        if (deleted.problem() != null || purged.problem() != null) {
            return deleted + ", " + purged;
        }
        Await.until(
                "nobody is told of a message any more",
                () -> messages().isEmpty()
                        && notices.shown().stream().noneMatch(Notice.VoicemailWaiting.class::isInstance));
        int left = login.messages().getAsInt();
        return left == 0 ? "" : left + " left at the phone system";
    }

    private List<VoicemailItem> messages() {
        return user.client().voicemail().snapshot().messages();
    }

    private static VoicemailOutcome done(CompletionStage<VoicemailOutcome> asked) {
        CompletableFuture<VoicemailOutcome> outcome = asked.toCompletableFuture();
        Await.until("the mailbox has answered", outcome::isDone);
        return outcome.join();
    }

    private String number() {
        Profile profile = Objects.requireNonNull(user.client().profile(), "logged in first");
        return profile.extension();
    }

    private Call dial(AppPhone other) {
        return user.client().accounts().get(0).dial(other.number());
    }

    private Call ringing() {
        Await.until("a call comes in", () -> !incoming.isEmpty());
        return incoming.remove();
    }

    private static void await(Call call, CallState state) {
        Await.until("a call is " + state, () -> call.snapshot().state().compareTo(state) >= 0);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        incoming.add(call);
    }

    @Override
    public void close() {
        user.close();
    }

    /** A message that is being left. */
    final class Message {
        private final Call call;
        private long endedAt;

        private Message(Call call) {
            this.call = call;
        }

        /** Hangs up. */
        void end() {
            endedAt = System.nanoTime();
            call.hangUp();
            await(call, CallState.ENDED);
            whenLeaving = heard();
        }
    }

    /** A call in the history, with the stored precision of a millisecond. */
    record PastCall(
            String id, CallDirection direction, CallOutcome outcome, String number, Instant start, Duration duration) {
        private static PastCall of(CallRecord call) {
            return new PastCall(
                    call.id(),
                    call.direction(),
                    call.outcome(),
                    call.number(),
                    call.start().truncatedTo(ChronoUnit.MILLIS),
                    call.duration().truncatedTo(ChronoUnit.MILLIS));
        }

        @Override
        public String toString() {
            return "PastCall[" + direction + ", " + outcome + ", redacted]";
        }
    }

    @Override
    public String toString() {
        return "AppPhone[redacted]";
    }
}
