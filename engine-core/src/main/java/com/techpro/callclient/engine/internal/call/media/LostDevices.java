// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Waits for chosen devices that were lost. Their port may go on with others meanwhile (AUD-4), and
 * the user wants the chosen ones back. Belongs to the loop.
 */
final class LostDevices {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final EngineLoop loop;
    private final Executor worker;
    private final AudioPort port;
    private final Map<AudioDevice.Direction, Lost> lost = new EnumMap<>(AudioDevice.Direction.class);
    private @Nullable Timer timer;

    private static final class Lost {
        private final String id;
        private final Runnable back;
        /** Whether it was seen to be gone. A short interruption is not a loss. */
        private boolean gone;

        private Lost(String id, Runnable back) {
            this.id = id;
            this.back = back;
        }
    }

    /** @param worker runs tasks in order; listing devices may block it */
    LostDevices(EngineLoop loop, Executor worker, AudioPort port) {
        this.loop = loop;
        this.worker = worker;
        this.port = port;
    }

    /** Waits for a device; replaces an earlier wait of that direction. */
    void await(AudioDevice.Direction direction, String id, Runnable back) {
        lost.put(direction, new Lost(id, back));
        look();
    }

    /** The device is not wanted any more. */
    void forget(AudioDevice.Direction direction) {
        lost.remove(direction);
        if (lost.isEmpty() && timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The port says that it has a device again, which may be the lost one: then no wait is needed. */
    void restored(AudioDevice.Direction direction) {
        Lost awaited = lost.get(direction);
        if (awaited != null && !awaited.gone) {
            forget(direction);
        }
    }

    private void look() {
        worker.execute(() -> {
            List<AudioDevice> present = new ArrayList<>();
            try {
                present.addAll(port.devices());
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
            }
            loop.execute(() -> looked(present));
        });
    }

    private void looked(List<AudioDevice> present) {
        for (AudioDevice.Direction direction : AudioDevice.Direction.values()) {
            Lost awaited = lost.get(direction);
            if (awaited == null) {
                continue;
            }
            boolean there = present.stream()
                    .anyMatch(device ->
                            device.direction() == direction && device.id().equals(awaited.id));
            if (!there) {
                awaited.gone = true;
            } else if (awaited.gone) {
                lost.remove(direction);
                awaited.back.run();
            }
        }
        if (!lost.isEmpty() && timer == null) {
            timer = loop.schedule(INTERVAL, () -> {
                timer = null;
                look();
            });
        }
    }
}
