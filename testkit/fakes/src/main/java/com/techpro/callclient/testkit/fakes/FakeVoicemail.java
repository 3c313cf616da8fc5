// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.voicemail.GreetingsOutcome;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox in memory. A login makes it {@link Availability#AVAILABLE}. All messages are listed at
 * once, so that {@link #more} changes nothing. All methods may be called from any thread.
 */
public final class FakeVoicemail implements Voicemail {
    private static final Set<VoicemailBox.Capability> CAPABILITIES = Set.of(
            VoicemailBox.Capability.MARK_HEARD,
            VoicemailBox.Capability.DELETE,
            VoicemailBox.Capability.UNDELETE,
            VoicemailBox.Capability.GREETINGS);

    private final FakeContext context;
    private final FakeDirectory directory;
    private final FakeClientState state;
    /** The newest first. */
    private final List<VoicemailItem> messages = new ArrayList<>();

    private final List<VoicemailItem> deleted = new ArrayList<>();
    private List<VoicemailBox.Greeting> greetings = List.of();
    private Availability availability = Availability.NOT_LOGGED_IN;
    private @Nullable VoicemailProblem problem;
    private volatile @Nullable String dialIn;
    private @Nullable FakePlayback playback;

    FakeVoicemail(FakeContext context, FakeDirectory directory, FakeClientState state) {
        this.context = context;
        this.directory = directory;
        this.state = state;
    }

    /**
     * A caller left a message.
     *
     * @param number the caller's number
     * @param length of the message
     * @return the message's id
     */
    public String messageArrives(String number, Duration length) {
        String id = context.nextId("v");
        messageArrives(new VoicemailMessage(id, number, null, context.now(), length, false, false, -1, null));
        return id;
    }

    /**
     * As {@link #messageArrives(String, Duration)}, for a message of which the test chooses all.
     *
     * @throws IllegalStateException if there is no mailbox, as nobody is logged in
     */
    public void messageArrives(VoicemailMessage message) {
        Objects.requireNonNull(message, "message");
        String number = message.callerNumber();
        PartyIdentity caller =
                number == null ? PartyIdentity.anonymous("") : new PartyIdentity(message.callerName(), number, "");
        context.run(() -> {
            if (availability != Availability.AVAILABLE) {
                throw new IllegalStateException("there is no mailbox: " + availability);
            }
            messages.add(0, new VoicemailItem(message, directory.resolve(caller)));
            changed();
        });
    }

    /** Says whether there is voicemail for this user, in place of what the login gave. */
    public void availabilityIs(Availability now) {
        Objects.requireNonNull(now, "now");
        context.run(() -> {
            availability = now;
            changed();
        });
    }

    /** Sets why the mailbox cannot be used from now on; null, the default, if it can. */
    public void requestsFailWith(@Nullable VoicemailProblem why) {
        context.run(() -> {
            problem = why;
            changed();
        });
    }

    /** Sets the number to dial to hear the messages; null, the default, for none. */
    public void dialInIs(@Nullable String number) {
        dialIn = number;
    }

    /** Sets the greetings; none unless set. */
    public void greetingsAre(List<VoicemailBox.Greeting> all) {
        List<VoicemailBox.Greeting> copy = List.copyOf(all);
        context.run(() -> greetings = copy);
    }

    /** Forgets the messages after a logout. Under the context's lock. */
    void forget() {
        closePlayback();
        if (availability != Availability.NOT_LOGGED_IN) {
            messages.clear();
            deleted.clear();
            availability = Availability.NOT_LOGGED_IN;
            changed();
        }
    }

    private void changed() {
        VoicemailSnapshot now = now();
        context.listeners().tell(listener -> listener.voicemailChanged(now));
    }

    /** Returns the voicemail also while the app is locked. */
    VoicemailSnapshot now() {
        return context.get(() -> {
            int unheard = (int)
                    messages.stream().filter(one -> !one.message().heard()).count();
            boolean there = availability == Availability.AVAILABLE;
            return new VoicemailSnapshot(
                    availability,
                    messages,
                    deleted,
                    messages.size(),
                    unheard,
                    there ? CAPABILITIES : Set.of(),
                    problem);
        });
    }

    @Override
    public VoicemailSnapshot snapshot() {
        context.requireUnlocked();
        return now();
    }

    @Override
    public void refresh() {
        context.requireUsable();
        context.record("voicemail", "refresh");
    }

    @Override
    public void more() {
        context.requireUsable();
        context.record("voicemail", "more");
    }

    private static @Nullable VoicemailItem find(List<VoicemailItem> list, String id) {
        return list.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
    }

    @Override
    public CompletionStage<VoicemailOutcome> markHeard(String id, boolean heard) {
        Objects.requireNonNull(id, "id");
        return ask("markHeard", () -> mark(id, heard), id, heard);
    }

    private boolean mark(String id, boolean heard) {
        VoicemailItem item = find(messages, id);
        if (item == null) {
            return false;
        }
        VoicemailMessage old = item.message();
        VoicemailMessage marked = new VoicemailMessage(
                old.id(),
                old.callerNumber(),
                old.callerName(),
                old.received(),
                old.duration(),
                heard,
                old.urgent(),
                old.size(),
                old.transcription());
        messages.set(messages.indexOf(item), new VoicemailItem(marked, item.caller()));
        return true;
    }

    @Override
    public CompletionStage<VoicemailOutcome> delete(String id) {
        Objects.requireNonNull(id, "id");
        return ask("delete", () -> move(id, messages, deleted), id);
    }

    @Override
    public CompletionStage<VoicemailOutcome> undelete(String id) {
        Objects.requireNonNull(id, "id");
        return ask("undelete", () -> move(id, deleted, messages), id);
    }

    private static boolean move(String id, List<VoicemailItem> from, List<VoicemailItem> to) {
        VoicemailItem item = find(from, id);
        if (item == null) {
            return false;
        }
        from.remove(item);
        int index = 0;
        while (index < to.size()
                && to.get(index).message().received().isAfter(item.message().received())) {
            index++;
        }
        to.add(index, item);
        return true;
    }

    @Override
    public CompletionStage<VoicemailOutcome> purge() {
        return ask("purge", () -> {
            deleted.clear();
            return true;
        });
    }

    /** @param task returns false if there is no such message */
    private CompletionStage<VoicemailOutcome> ask(String name, Supplier<Boolean> task, Object... arguments) {
        context.requireUsable();
        return context.get(() -> {
            context.record("voicemail", name, arguments);
            VoicemailProblem obstacle = obstacle();
            if (obstacle == null && !task.get()) {
                obstacle = VoicemailProblem.NO_SUCH_MESSAGE;
            }
            if (obstacle == null) {
                changed();
            }
            return context.answered(obstacle == null ? VoicemailOutcome.DONE : new VoicemailOutcome(obstacle));
        });
    }

    private @Nullable VoicemailProblem obstacle() {
        return availability == Availability.AVAILABLE ? problem : VoicemailProblem.NOT_AVAILABLE;
    }

    @Override
    public CompletionStage<GreetingsOutcome> greetings() {
        context.requireUsable();
        return context.get(() -> {
            VoicemailProblem obstacle = obstacle();
            return context.<GreetingsOutcome>answered(
                    obstacle == null ? new GreetingsOutcome.Found(greetings) : new GreetingsOutcome.Failed(obstacle));
        });
    }

    /** As {@link #play(String, PlaybackOptions)} with default options. */
    @Override
    public FakePlayback play(String id) {
        return play(id, PlaybackOptions.DEFAULT);
    }

    @Override
    public FakePlayback play(String id, PlaybackOptions options) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(options, "options");
        context.requireUsable();
        return context.get(() -> {
            context.record("voicemail", "play", id);
            closePlayback();
            VoicemailItem item = find(messages, id);
            boolean greeting = greetings.stream().anyMatch(one -> one.id().equals(id));
            VoicemailProblem obstacle = obstacle();
            if (obstacle == null && item == null && !greeting) {
                obstacle = VoicemailProblem.NO_SUCH_MESSAGE;
            }
            Duration length = item == null ? null : item.message().duration();
            FakePlayback opened =
                    new FakePlayback(context, id, length == null ? Duration.ZERO : length, options, obstacle, () -> {
                        if (mark(id, true)) {
                            changed();
                        }
                    });
            playback = opened;
            opened.tell();
            return opened;
        });
    }

    /** Under the context's lock. */
    void closePlayback() {
        if (playback != null) {
            playback.closeNow();
            playback = null;
        }
    }

    @Override
    public @Nullable Call callBack(String id) {
        Objects.requireNonNull(id, "id");
        context.requireUsable();
        return context.get(() -> {
            VoicemailItem item = find(messages, id);
            return dial(item == null ? null : item.message().callerNumber());
        });
    }

    @Override
    public @Nullable String dialIn() {
        context.requireUnlocked();
        return dialIn;
    }

    @Override
    public @Nullable Call dialVoicemail() {
        context.requireUsable();
        return context.get(() -> dial(dialIn));
    }

    private @Nullable Call dial(@Nullable String number) {
        FakeAccount caller = state.ofLogin();
        if (number == null || caller == null) {
            return null;
        }
        try {
            return caller.dial(number);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
