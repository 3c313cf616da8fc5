// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SampleRates;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.Fidelity;
import com.techpro.callclient.testkit.judge.verify.Period;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Measures {@link SpeechCost} on the caller's thread. It creates, protects, sends and judges one
 * stretch of speech again and again, until the JVM's compiler makes it no faster. The fastest round
 * counts, because other programs and the compiler disturbed it least.
 */
public final class SpeechCostMeasurement {
    private static final Duration LEAST = Duration.ofMillis(2_500);
    private static final Duration MOST = Duration.ofSeconds(8);
    /** Stops after this many rounds that were no faster. */
    private static final int NO_FASTER = 4;

    /** Longer than any part can take; twenty times three of it still fit a long. */
    private static final long NOTHING = Duration.ofDays(1).toNanos();

    private static final int DIRECTIONS = 2;
    private static final int SECONDS = 4;
    private static final int SAMPLES = SECONDS * SpeechClip.SAMPLE_RATE;
    private static final int KEY = 16;
    private static final int TAPS = 48;
    /** To a phone system, and from it. */
    private static final int HOPS = 2;

    private final SpeechSource speech;
    private final boolean telephone;
    private final double[] filter = new double[TAPS];
    private final BooleanSupplier stopped;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final CallCheck check = new CallCheck(SpeechLimits.CLEAN);
    /** Uses the results, so that the compiler cannot omit the work. */
    private long used;

    /** @param telephone whether all calls use G.711 */
    public SpeechCostMeasurement(SpeechClip clip, boolean telephone, BooleanSupplier stopped) {
        this.speech = new SpeechSource(clip, 0);
        this.telephone = telephone;
        Arrays.fill(filter, 1.0 / TAPS);
        this.stopped = stopped;
    }

    /**
     * Measures for several seconds; no part has zero cost.
     *
     * @throws UncheckedIOException if no socket can be used
     */
    public SpeechCost measure() {
        try (DatagramChannel here = socket();
                DatagramChannel there = socket()) {
            return measured(here, there);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpeechCost measured(DatagramChannel here, DatagramChannel there) throws IOException {
        long began = System.nanoTime();
        long make = NOTHING;
        long protect = NOTHING;
        long send = NOTHING;
        long judge = NOTHING;
        int noFaster = 0;
        while (!stopped.getAsBoolean() && goesOn(System.nanoTime() - began, noFaster)) {
            long before = make + protect + send + judge;
            long start = cpuNanos();
            short[] heard = made();
            long hasMade = cpuNanos();
            protect(heard);
            long hasProtected = cpuNanos();
            send(here, there);
            long hasSent = cpuNanos();
            judge(heard);
            long hasJudged = cpuNanos();
            make = Math.min(make, hasMade - start);
            protect = Math.min(protect, hasProtected - hasMade);
            send = Math.min(send, hasSent - hasProtected);
            judge = Math.min(judge, hasJudged - hasSent);
            // By a twentieth: less is noise.
            noFaster = 20 * (make + protect + send + judge) < 19 * before ? 0 : noFaster + 1;
        }
        double each = (double) DIRECTIONS / SECONDS / 1e6;
        return make == NOTHING
                ? new SpeechCost(0, 0, 0, 0)
                : new SpeechCost(
                        (double) make * each, (double) protect * each, (double) send * each, (double) judge * each);
    }

    private static boolean goesOn(long elapsed, int noFaster) {
        return elapsed < LEAST.toNanos() || (noFaster < NO_FASTER && elapsed < MOST.toNanos());
    }

    private long cpuNanos() {
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private short[] made() {
        return telephone ? madeForTelephone() : madeForOpus();
    }

    /** G.711 is a table; its sound card and the judge's rate remain. */
    private short[] madeForTelephone() {
        short[] narrowband = new short[SAMPLES];
        speech.copy(Rate.NARROWBAND, 0, narrowband);
        return SampleRates.interpolated(narrowband, Rate.WIDEBAND.factor());
    }

    /**
     * Filters at Opus's rate twice, a sample at a time: about as much work as in the codec at both
     * ends.
     */
    private short[] madeForOpus() {
        short[] fullband = new short[SAMPLES * Rate.FULLBAND.factor()];
        for (int i = 0; i < fullband.length; i++) {
            fullband[i] = speech.at(Rate.FULLBAND, i);
        }
        short[] wideband = SampleRates.decimated(fullband, 3, 0);
        for (int at = TAPS; at < fullband.length; at++) {
            double sum = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                sum += filter[tap] * fullband[Math.floorMod(at - tap, fullband.length)];
            }
            used += (long) sum;
        }
        return wideband;
    }

    /** Protects as SRTP does, with the JDK's own ciphers (RFC 3711 §4). */
    private void protect(short[] samples) {
        byte[] packet = new byte[2 * SpeechClip.FRAME];
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            Mac mac = Mac.getInstance("HmacSHA1");
            SecretKeySpec key = new SecretKeySpec(new byte[KEY], "AES");
            mac.init(key);
            for (int at = 0; at + SpeechClip.FRAME <= samples.length; at += 2 * SpeechClip.FRAME) {
                for (int i = 0; i < packet.length; i++) {
                    packet[i] = (byte) samples[at + i / 2];
                }
                IvParameterSpec counter = new IvParameterSpec(new byte[KEY]);
                for (int mode : new int[] {Cipher.ENCRYPT_MODE, Cipher.DECRYPT_MODE}) {
                    cipher.init(mode, key, counter);
                    packet = cipher.doFinal(packet);
                    used += mac.doFinal(packet)[0];
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES and HMAC with SHA-1", e);
        }
    }

    private static DatagramChannel socket() throws IOException {
        DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        socket.configureBlocking(false);
        return socket;
    }

    private void send(DatagramChannel from, DatagramChannel to) throws IOException {
        ByteBuffer packet = ByteBuffer.allocateDirect(SpeechClip.FRAME);
        SocketAddress address = to.getLocalAddress();
        for (int i = HOPS * SAMPLES / (2 * SpeechClip.FRAME); i > 0; i--) {
            from.send(packet.clear(), address);
            to.receive(packet.clear());
            used += packet.position();
        }
    }

    private void judge(short[] heard) {
        Recording recording = new Recording(heard, Rate.WIDEBAND, 0, List.of());
        List<Period> due = List.of(new Period(0, SAMPLES - SpeechClip.SAMPLE_RATE / 5));
        used += check.speech(new CallCheck.Ear(speech, recording, due, List.of(), Fidelity.OPUS, Duration.ZERO))
                .findings()
                .size();
    }

    /** Has no meaning. */
    long used() {
        return used;
    }
}
