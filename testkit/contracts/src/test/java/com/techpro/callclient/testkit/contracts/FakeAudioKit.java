// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.audio.AudioDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The audio kit on {@link FakeAudio}, or on a wrapper around it. */
abstract class FakeAudioKit extends AudioPortContract {
    final VirtualTime time = VirtualTime.seeded(3);
    final FakeAudio audio = new FakeAudio(time.openLoop("audio")).loopback();

    {
        headsetIs(false, false);
    }

    @Override
    protected final void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected final long nanoTime() {
        return time.nanoTime();
    }

    @Override
    protected final boolean hasLoopback() {
        return true;
    }

    @Override
    protected final boolean changeDefault() {
        headsetIs(true, true);
        return true;
    }

    @Override
    protected final boolean isAtDefault(AudioDevice.Direction direction) {
        return audio.devices().stream()
                .filter(device -> device.direction() == direction && device.systemDefault())
                .map(AudioDevice::id)
                .anyMatch(id -> audio.devicesInUse().equals(List.of(id)));
    }

    @Override
    protected final String headset(AudioDevice.Direction direction) {
        headsetIs(true, false);
        return idOfHeadset(direction);
    }

    @Override
    protected final void unplugHeadset() {
        headsetIs(false, false);
    }

    @Override
    protected final void plugInHeadset() {
        headsetIs(true, false);
    }

    @Override
    protected final boolean isAtHeadset(AudioDevice.Direction direction) {
        return audio.devicesInUse().equals(List.of(idOfHeadset(direction)));
    }

    private void headsetIs(boolean present, boolean systemDefault) {
        List<AudioDevice> devices = new ArrayList<>();
        for (AudioDevice.Direction direction : AudioDevice.Direction.values()) {
            devices.add(new AudioDevice("built-in-" + direction, "Built-in", direction, !systemDefault));
            if (present) {
                devices.add(new AudioDevice(idOfHeadset(direction), "Headset", direction, systemDefault));
            }
        }
        audio.devices(devices);
    }

    private static String idOfHeadset(AudioDevice.Direction direction) {
        return "headset-" + direction;
    }

    @Override
    protected final boolean lose() {
        audio.lose();
        return true;
    }

    @Override
    protected final void restore() {
        audio.restore();
    }
}
