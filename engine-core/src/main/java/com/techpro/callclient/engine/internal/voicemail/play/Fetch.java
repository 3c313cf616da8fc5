// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import com.techpro.callclient.engine.internal.voicemail.VoicemailProblems;
import com.techpro.callclient.engine.internal.voicemail.audio.Recording;
import com.techpro.callclient.engine.internal.voicemail.audio.SoundDecoder;
import com.techpro.callclient.engine.internal.voicemail.audio.SoundDecoder.Flaw;
import com.techpro.callclient.engine.internal.voicemail.audio.UnplayableException;
import com.techpro.callclient.engine.internal.voicemail.cache.CachedAudio;
import com.techpro.callclient.engine.internal.voicemail.cache.VoicemailCache;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings a message from the mailbox into the cache, on a worker, as fast as it comes. */
final class Fetch implements Runnable {
    /** How far it is. */
    sealed interface Progress {
        /** The mailbox gave the message. */
        record Opened() implements Progress {}

        /** @param declared how many samples there will be, or -1 */
        record Known(CachedAudio sound, long declared) implements Progress {}

        /** There is more of it. */
        record Arrived() implements Progress {}

        /** Nothing more comes. */
        record Ended(Arrival arrival, @Nullable VoicemailProblem problem) implements Progress {}
    }

    private final EngineLoop loop;
    private final Executor workers;
    private final VoicemailBox box;
    private final String id;
    private final VoicemailCache cache;
    private final Consumer<Progress> progress;
    private volatile boolean cancelled;
    private volatile @Nullable VoicemailAudio opened;

    /** @param progress receives each step, on the loop */
    Fetch(
            EngineLoop loop,
            Executor workers,
            VoicemailBox box,
            String id,
            VoicemailCache cache,
            Consumer<Progress> progress) {
        this.loop = loop;
        this.workers = workers;
        this.box = box;
        this.id = id;
        this.cache = cache;
        this.progress = progress;
    }

    /** Ends it, also while it waits for bytes. The end is still reported. From any thread. */
    void cancel() {
        cancelled = true;
        VoicemailAudio audio = opened;
        if (audio != null) {
            workers.execute(() -> close(audio));
        }
    }

    private static void close(VoicemailAudio audio) {
        try {
            audio.close();
        } catch (IOException e) {
            // It is not wanted any more, however it ends.
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
        }
    }

    @Override
    public void run() {
        if (cancelled) {
            end(Arrival.CUT_SHORT, null);
            return;
        }
        try (VoicemailAudio audio = box.open(id)) {
            opened = audio;
            report(new Progress.Opened());
            decode(audio);
        } catch (VoicemailException e) {
            end(Arrival.CUT_SHORT, VoicemailProblems.of(e.reason()));
        } catch (UnplayableException e) {
            end(Arrival.DAMAGED, e.problem());
        } catch (IOException e) {
            end(Arrival.CUT_SHORT, VoicemailProblem.UNREACHABLE);
        } catch (RuntimeException | Error e) {
            // A box that breaks its contract (VMB-2) does not leave the user waiting.
            Loggers.portThrew(e);
            end(Arrival.CUT_SHORT, VoicemailProblem.PROTOCOL);
        }
    }

    private void decode(VoicemailAudio audio) throws IOException, UnplayableException {
        SoundDecoder decoder = Recording.decoder(audio.bytes());
        CachedAudio sound = cache.open(decoder.sampleRate());
        report(new Progress.Known(sound, decoder.declaredSamples()));
        short[] samples = new short[decoder.sampleRate() / 10];
        Arrival arrival = Arrival.COMPLETE;
        VoicemailProblem problem = null;
        long told = 0;
        try {
            int count = cancelled ? -1 : decoder.read(samples);
            while (count >= 0) {
                if (!sound.add(samples, count)) {
                    arrival = Arrival.CUT_SHORT;
                    problem = VoicemailProblem.TOO_LONG;
                    break;
                }
                if (sound.available() != told) {
                    told = sound.available();
                    report(new Progress.Arrived());
                }
                count = cancelled ? -1 : decoder.read(samples);
            }
        } catch (IOException e) {
            // What came until then is played.
            arrival = Arrival.CUT_SHORT;
            problem = e instanceof VoicemailException known
                    ? VoicemailProblems.of(known.reason())
                    : VoicemailProblem.UNREACHABLE;
        }
        sound.finish();
        if (arrival == Arrival.COMPLETE && decoder.flaw() != Flaw.NONE) {
            arrival = decoder.flaw() == Flaw.DAMAGED ? Arrival.DAMAGED : Arrival.CUT_SHORT;
        }
        end(arrival, problem);
    }

    private void end(Arrival arrival, @Nullable VoicemailProblem problem) {
        report(new Progress.Ended(arrival, problem));
    }

    private void report(Progress step) {
        loop.execute(() -> progress.accept(step));
    }
}
