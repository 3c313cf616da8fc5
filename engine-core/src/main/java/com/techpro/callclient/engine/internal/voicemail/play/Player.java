// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.store.LocalCache;
import com.techpro.callclient.engine.internal.voicemail.PendingWork;
import com.techpro.callclient.engine.internal.voicemail.VoicemailList;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Cache;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays one message at a time, and none while there is a call. Belongs to the loop, but for {@link #play}. */
public final class Player implements LocalCache {
    private final PlaybackParts parts;
    private final VoicemailList messages;
    private final Set<CallSession> calls = new HashSet<>();
    private @Nullable PlaybackSession current;
    /** Playbacks of which something may still be on the device. */
    private final PendingWork kept = new PendingWork();

    public Player(PlaybackParts parts, VoicemailList messages) {
        this.parts = parts;
        this.messages = messages;
    }

    /**
     * From any thread.
     *
     * @param face makes what the host holds of a playback
     */
    public <P> P play(
            String id,
            PlaybackOptions options,
            Function<PlaybackSession, P> face,
            BiConsumer<P, PlaybackSnapshot> changed) {
        PlaybackSession session = new PlaybackSession(parts, id, options);
        P host = face.apply(session);
        parts.loop().execute(() -> {
            close();
            current = session;
            kept.begun();
            session.start(messages.box(), !calls.isEmpty(), event -> {
                switch (event) {
                    case CHANGED -> changed.accept(host, session.snapshot());
                    case OPENED -> messages.opened(id);
                    case HEARD -> messages.playedToEnd(id);
                    case ERASED -> kept.ended(() -> {});
                }
            });
        });
        return host;
    }

    /** What is not being played gives way when the device runs out of space. */
    @Override
    public void trim(Consumer<Freed> freed) {
        PlaybackSession last = current;
        boolean idle = last != null && !last.isPlaying();
        if (idle) {
            close();
        }
        freed.accept(new Freed(Cache.VOICEMAIL_AUDIO, idle ? 1 : 0, null));
    }

    /** Closes what is open, for example because the user logs out. */
    public void close() {
        PlaybackSession last = current;
        current = null;
        if (last != null) {
            last.close();
        }
    }

    /** Runs the task once nothing of any message is on the device. */
    public void whenQuiet(Runnable task) {
        kept.whenNone(task);
    }

    public void changed(CallSession call, CallEvent event) {
        if (event instanceof CallEvent.Ended) {
            ended(call);
        }
    }

    public void began(CallSession call) {
        calls.add(call);
        if (current != null) {
            current.callBegan();
        }
    }

    public void ended(CallSession call) {
        if (calls.remove(call) && calls.isEmpty() && current != null) {
            current.callsOver();
        }
    }
}
