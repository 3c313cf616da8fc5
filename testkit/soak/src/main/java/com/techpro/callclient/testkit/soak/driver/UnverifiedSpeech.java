// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Saves the spoken and the heard audio of the first unverified directions, as two WAV files that
 * begin at the same moment, in the folder of their call beside its ladder. Thread-safe.
 */
public final class UnverifiedSpeech {
    /** The limit for a run in which nothing is heard. */
    static final int MOST = 20;
    /** The limit for a direction, longer than a call of the soak. */
    static final int MOST_SECONDS = 30;

    static final String MESSAGES = "messages";

    private final @Nullable Path report;
    private int kept;

    /** @param report the directory of the call folders; null to save nothing */
    public UnverifiedSpeech(@Nullable Path report) {
        this.report = report;
    }

    /**
     * Saves a direction unless it was verified. Calls before those that count have no number, and
     * are not saved.
     *
     * @param call its number; 0 if it does not count
     * @param mouth the index of the speaking extension
     * @param ear the index of the hearing one
     */
    void keep(int call, int mouth, int ear, CallCheck.Ear direction, SpeechVerdict verdict) {
        if (call > 0) {
            keep(FaultyCallTraces.FOLDER + "/" + call, mouth, ear, direction, verdict);
        }
    }

    /** Saves a played message unless it was verified. */
    public void keepMessage(int mouth, int ear, CallCheck.Ear direction, SpeechVerdict verdict) {
        keep(MESSAGES, mouth, ear, direction, verdict);
    }

    private void keep(String folderName, int mouth, int ear, CallCheck.Ear direction, SpeechVerdict verdict) {
        Path directory = report;
        if (directory == null || verdict.verified()) {
            return;
        }
        int number = next();
        if (number > MOST) {
            return;
        }
        Path folder = directory.resolve(folderName);
        String name = number + "-" + verdict.outcome().code();
        Recording heard = direction.heard();
        if (heard.rate() == Rate.FULLBAND) {
            // The compared audio has no higher rate.
            heard = heard.at(Rate.WIDEBAND);
        }
        short[] played = heard.samples();
        played = Arrays.copyOf(
                played, Math.min(played.length, MOST_SECONDS * heard.rate().hertz()));
        short[] said = new short[played.length];
        long first = Math.max(0, heard.from()) * heard.rate().factor();
        for (int i = 0; i < said.length; i++) {
            said[i] = direction.far().at(heard.rate(), first + i);
        }
        try {
            Files.createDirectories(folder);
            WavFile.write(
                    folder.resolve(name + "-said-by-" + mouth + ".wav"),
                    said,
                    heard.rate().hertz());
            WavFile.write(
                    folder.resolve(name + "-heard-by-" + ear + ".wav"),
                    played,
                    heard.rate().hertz());
        } catch (IOException e) {
            throw new UncheckedIOException("what was heard cannot be written", e);
        }
    }

    private synchronized int next() {
        return kept > MOST ? kept : ++kept;
    }
}
