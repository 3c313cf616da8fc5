// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

/** The device that plays the sound of calls. */
public enum AudioRoute {
    EARPIECE,
    SPEAKER,
    HEADSET,
    BLUETOOTH
}
