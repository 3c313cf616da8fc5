// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import static com.techpro.callclient.adapters.javasound.SimulatedMixer.format;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.adapters.javasound.SimulatedMixer.SimulatedLine;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sound systems of other computers do, on a simulated mixer. */
class SampledLinesTest {
    private final List<String> told = new ArrayList<>();
    private final List<short[]> frames = new ArrayList<>();
    private final CallbackGate gate = new CallbackGate();
    private final AudioStreamListener listener = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {
            told.add("interrupted");
        }

        @Override
        public void restored() {
            told.add("restored");
        }
    };
    private long millis = 1;

    @ParameterizedTest
    @CsvSource({"44100, 16, 1", "44100, 16, 2", "48000, 16, 2", "48000, 24, 2", "44100, 24, 1", "48000, 32, 2"})
    void AUD_1_aDeviceThatDoesOneFormatOnlyIsHeardAndPlaysInIt(int rate, int bits, int channels) throws Exception {
        SimulatedMixer mixer = SimulatedMixer.of(format(rate, bits, channels));

        DeviceLine microphone = new SampledLines(mixer).open(Direction.CAPTURE, null);
        run(microphone, mixer, new CapturePump(AudioFormat.NARROWBAND, frame -> frames.add(frame.clone()), gate), 1000);
        DeviceLine speaker = new SampledLines(mixer).open(Direction.PLAYBACK, null);
        run(
                speaker,
                mixer,
                new PlaybackPump(
                        AudioFormat.NARROWBAND, frame -> Arrays.fill(frame, (short) 1000), gate, new AtomicInteger(20)),
                1000);

        assertThat(microphone.sampleRate()).isEqualTo(rate);
        assertThat(frames).hasSizeBetween(95, 100);
        assertThat(frames.get(40)).containsOnly((short) 1000);
        assertThat(last(mixer).written).endsWith((byte) (1000 & 0xFF), (byte) (1000 >> 8));
        assertThat(speaker.sampleFrameBytes()).isEqualTo(bits / 8 * channels);
    }

    @Test
    void of16And24BitsThe16AreUsed() throws Exception {
        SimulatedMixer mixer = SimulatedMixer.of(format(48_000, 24, 1), format(44_100, 16, 2));

        assertThat(new SampledLines(mixer).open(Direction.PLAYBACK, null).sampleFrameBytes())
                .isEqualTo(4);
    }

    @Test
    void AUD_3_floatsAndCompandedSoundAreRefusedAsAFormat() {
        SimulatedMixer mixer = SimulatedMixer.of(new javax.sound.sampled.AudioFormat(
                javax.sound.sampled.AudioFormat.Encoding.ULAW, 8000, 8, 1, 1, 8000, false));

        assertRefused(mixer, Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void AUD_3_aDeviceThatAnotherProgramHasIsBusy() {
        SimulatedMixer mixer = SimulatedMixer.of(format(48_000, 16, 2));
        mixer.busy = true;

        assertRefused(mixer, Reason.BUSY);
    }

    @Test
    void AUD_3_aDeviceThatTheSystemForbidsIsNotPermitted() {
        SimulatedMixer mixer = SimulatedMixer.of(format(48_000, 16, 2));
        mixer.forbidden = true;

        assertRefused(mixer, Reason.NOT_PERMITTED);
    }

    @Test
    void AUD_3_aDeviceThatGoesAwayWhileItIsOpenedIsNoDevice() {
        SimulatedMixer mixer = SimulatedMixer.of(format(48_000, 16, 2));
        mixer.forgotten = true;

        assertRefused(mixer, Reason.NO_SUCH_DEVICE);
    }

    /** macOS gives silence to a program that may not use the microphone; the engine warns of it (NO_SIGNAL). */
    @Test
    void aMicrophoneThatIsDeniedByMacOsIsHeardAsCompleteSilence() throws Exception {
        SimulatedMixer mixer = SimulatedMixer.of(format(48_000, 16, 1));
        DeviceLine line = new SampledLines(mixer).open(Direction.CAPTURE, null);
        last(mixer).silent = true;

        run(line, mixer, new CapturePump(AudioFormat.NARROWBAND, frame -> frames.add(frame.clone()), gate), 4000);

        assertThat(frames).hasSizeBetween(397, 400);
        assertThat(frames).allMatch(frame -> Arrays.equals(frame, new short[AudioFormat.NARROWBAND.samplesPerFrame()]));
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE", "PLAYBACK"})
    void AUD_4_aDeviceThatIsUnpluggedInMidTransferIsLostAndReturnsByItself(Direction direction) throws Exception {
        SimulatedMixer mixer = SimulatedMixer.of(format(48_000, 16, 2));
        DeviceLine line = new SampledLines(mixer).open(direction, null);
        LinePump traffic = direction == Direction.CAPTURE
                ? new CapturePump(AudioFormat.NARROWBAND, frame -> {}, gate)
                : new PlaybackPump(AudioFormat.NARROWBAND, frame -> {}, gate, new AtomicInteger(20));
        DeviceStream stream = run(line, mixer, traffic, 1000);

        last(mixer).unplugged = true;
        mixer.busy = true;
        step(stream, mixer, 100);
        assertThat(told).containsExactly("interrupted");
        mixer.busy = false;
        step(stream, mixer, 2000);

        assertThat(told).containsExactly("interrupted", "restored");
    }

    private static void assertRefused(SimulatedMixer mixer, Reason reason) {
        for (Direction direction : Direction.values()) {
            assertThatThrownBy(() -> new SampledLines(mixer).open(direction, null))
                    .isInstanceOfSatisfying(
                            AudioUnavailableException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
        }
    }

    private DeviceStream run(DeviceLine line, SimulatedMixer mixer, LinePump traffic, int forMillis) {
        Direction direction = traffic instanceof CapturePump ? Direction.CAPTURE : Direction.PLAYBACK;
        DeviceStream stream = new DeviceStream(
                line, () -> new SampledLines(mixer).open(direction, null), traffic, listener, gate, nanos());
        step(stream, mixer, forMillis);
        return stream;
    }

    private void step(DeviceStream stream, SimulatedMixer mixer, int forMillis) {
        for (int i = 0; i < forMillis; i += 5) {
            millis += 5;
            SimulatedLine line = last(mixer);
            int frame = line.getFormat().getFrameSize();
            int moved = (int) (line.getFormat().getSampleRate() / 200) * frame;
            line.available = Math.min(line.getBufferSize(), line.available + moved);
            stream.step(nanos());
        }
    }

    private static SimulatedLine last(SimulatedMixer mixer) {
        return mixer.lines.get(mixer.lines.size() - 1);
    }

    private long nanos() {
        return millis * 1_000_000;
    }
}
