// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream's device while others come and go: the threads' work, in the test's time. */
class DefaultDeviceTest {
    private final CallbackGate gate = new CallbackGate();
    private final List<String> told = new ArrayList<>();
    private final Desk desk = new Desk();
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
    private long lastFrame = 1;
    private long longestPause;
    private final LinePump capture = new CapturePump(AudioFormat.NARROWBAND, frame -> frame(), gate);
    private final LinePump playback =
            new PlaybackPump(AudioFormat.NARROWBAND, frame -> frame(), gate, new AtomicInteger(20));

    @Test
    void AUD_12_aSpeakerMovesToTheHeadsetThatBecameTheDefault() throws Exception {
        DeviceStream stream = open(null, Direction.PLAYBACK);
        run(stream, 3000);
        FakeLine builtIn = desk.lines.get(0);

        desk.present("headset", "built-in");
        run(stream, 2000);

        assertThat(stream.deviceId()).isEqualTo("headset");
        assertThat(builtIn.open).isFalse();
        assertThat(longestPause).isLessThan(200);
        assertThat(told).isEmpty();
        assertThat(desk.lines).hasSize(2);
    }

    @Test
    void AUD_12_aMicrophoneMovesToTheHeadsetThatBecameTheDefault() throws Exception {
        DeviceStream stream = open(null, Direction.CAPTURE);
        run(stream, 3000);

        desk.present("headset", "built-in");
        run(stream, 2000);

        assertThat(stream.deviceId()).isEqualTo("headset");
        assertThat(longestPause).isLessThan(50);
    }

    /** As a Bluetooth headset that has to be woken. */
    @Test
    void AUD_12_theOldDeviceIsHeardUntilTheNewOneReallyPlays() throws Exception {
        DeviceStream stream = open(null, Direction.PLAYBACK);
        run(stream, 3000);

        desk.sleeping = "headset";
        desk.present("headset", "built-in");
        run(stream, 3000);
        assertThat(stream.deviceId()).isEqualTo("built-in");
        assertThat(desk.lines).hasSize(2);
        desk.sleeping = "";
        run(stream, 2000);

        assertThat(stream.deviceId()).isEqualTo("headset");
        assertThat(longestPause).isLessThan(200);
    }

    @Test
    void AUD_12_aDeviceThatCannotBeOpenedIsTriedAgainAndNothingIsLostMeanwhile() throws Exception {
        DeviceStream stream = open(null, Direction.CAPTURE);
        run(stream, 3000);

        desk.busy = "headset";
        desk.present("headset", "built-in");
        run(stream, 20_000);
        assertThat(stream.deviceId()).isEqualTo("built-in");
        assertThat(desk.refused).isBetween(3, 6);
        desk.busy = "";
        run(stream, 8_000);

        assertThat(stream.deviceId()).isEqualTo("headset");
        assertThat(longestPause).isLessThan(50);
    }

    @Test
    void AUD_12_aDeviceThatNeverStartsIsGivenUpAndTriedAgain() throws Exception {
        DeviceStream stream = open(null, Direction.PLAYBACK);
        run(stream, 3000);

        desk.sleeping = "headset";
        desk.present("headset", "built-in");
        run(stream, 8000);

        assertThat(desk.lines.get(1).open).isFalse();
        assertThat(desk.lines).hasSize(3);
        assertThat(stream.deviceId()).isEqualTo("built-in");
    }

    @Test
    void AUD_12_theDeviceThatTheUserChoseIsKept() throws Exception {
        DeviceStream stream = open("built-in", Direction.CAPTURE);
        run(stream, 3000);

        desk.present("headset", "built-in");
        run(stream, 5000);

        assertThat(stream.deviceId()).isEqualTo("built-in");
        assertThat(desk.lines).hasSize(1);
    }

    @Test
    void AUD_12_whileTheDevicesStayTheSameNothingIsOpenedAgain() throws Exception {
        DeviceStream stream = open(null, Direction.PLAYBACK);

        run(stream, 60_000);

        assertThat(desk.lines).hasSize(1);
    }

    @Test
    void AUD_13_aLostHeadsetIsReturnedToWhenItIsBack() throws Exception {
        desk.present("built-in", "headset");
        DeviceStream stream = open("headset", Direction.PLAYBACK);
        run(stream, 3000);
        desk.present("built-in");
        desk.lines.get(0).open = false;
        run(stream, 5000);
        assertThat(stream.deviceId()).isEqualTo("built-in");
        assertThat(told).containsExactly("interrupted", "restored");
        assertThat(desk.lines).as("the default was not opened twice").hasSize(2);
        longestPause = 0;

        desk.present("built-in", "headset");
        run(stream, 2000);

        assertThat(stream.deviceId()).isEqualTo("headset");
        assertThat(longestPause).isLessThan(200);
        assertThat(told).hasSize(2);
    }

    @Test
    void AUD_13_theDefaultIsFollowedWhileTheHeadsetIsGone() throws Exception {
        desk.present("built-in", "headset");
        DeviceStream stream = open("headset", Direction.CAPTURE);
        run(stream, 3000);
        desk.present("built-in");
        desk.lines.get(0).open = false;
        run(stream, 5000);

        desk.present("monitor", "built-in");
        run(stream, 2000);

        assertThat(stream.deviceId()).isEqualTo("monitor");
    }

    @Test
    void aDeviceOnTheWayTakesOverAtOnceWhenTheOldOneIsLost() throws Exception {
        DeviceStream stream = open(null, Direction.PLAYBACK);
        run(stream, 3000);
        desk.sleeping = "headset";
        desk.present("headset", "built-in");
        run(stream, 1100);
        desk.lines.get(0).open = false;
        run(stream, 100);

        assertThat(stream.deviceId()).isEqualTo("headset");
        assertThat(desk.lines).hasSize(2);
    }

    @Test
    void AUD_6_aLineThatIsOfferedToAStreamThatHasEndedIsNotTaken() throws Exception {
        DeviceStream stream = open(null, Direction.CAPTURE);
        run(stream, 100);
        FakeLine early = FakeLine.microphone(48_000, 1, 440);
        assertThat(stream.offer(early)).isTrue();

        stream.release();

        assertThat(early.open).isFalse();
        assertThat(stream.offer(FakeLine.microphone(48_000, 1, 440))).isFalse();
    }

    private void frame() {
        longestPause = Math.max(longestPause, millis - lastFrame);
        lastFrame = millis;
    }

    private DeviceStream open(@Nullable String id, Direction direction) throws AudioUnavailableException {
        WatchedStream watched = new WatchedStream(desk, direction, id);
        DeviceStream stream = new DeviceStream(
                watched.openFirst(),
                watched,
                direction == Direction.CAPTURE ? capture : playback,
                listener,
                gate,
                nanos());
        watched.belongsTo(stream);
        desk.watched = watched;
        run(stream, 500);
        longestPause = 0;
        return stream;
    }

    /** Steps the stream every 5 ms and looks at the devices once a second. */
    private void run(DeviceStream stream, int forMillis) {
        for (int i = 0; i < forMillis; i += 5) {
            millis += 5;
            for (FakeLine line : desk.lines) {
                if (line.open && !line.deviceId.equals(desk.sleeping)) {
                    line.run(5);
                }
            }
            stream.step(nanos());
            if (millis % 1000 < 5) {
                desk.watched.look(desk.devices(), nanos());
            }
        }
    }

    private long nanos() {
        return millis * 1_000_000;
    }

    /** Devices; the first one is the default. */
    private static final class Desk implements LineSource {
        final List<FakeLine> lines = new ArrayList<>();
        String sleeping = "";
        String busy = "";
        int refused;
        WatchedStream watched = new WatchedStream(this, Direction.CAPTURE, null);
        private List<String> present = List.of("built-in");

        void present(String... ids) {
            present = List.of(ids);
        }

        @Override
        public List<AudioDevice> devices() {
            List<AudioDevice> devices = new ArrayList<>();
            for (Direction direction : Direction.values()) {
                for (String id : present) {
                    devices.add(new AudioDevice(id, id, direction, id.equals(present.get(0))));
                }
            }
            return devices;
        }

        @Override
        public DeviceLine open(Direction direction, @Nullable String deviceId) throws AudioUnavailableException {
            String id = deviceId == null ? present.get(0) : deviceId;
            if (!present.contains(id) || id.equals(busy)) {
                refused++;
                throw new AudioUnavailableException(AudioUnavailableException.Reason.BUSY, id);
            }
            FakeLine line =
                    direction == Direction.CAPTURE ? FakeLine.microphone(48_000, 1, 440) : FakeLine.speaker(48_000, 2);
            line.deviceId = id;
            lines.add(line);
            return line;
        }
    }
}
