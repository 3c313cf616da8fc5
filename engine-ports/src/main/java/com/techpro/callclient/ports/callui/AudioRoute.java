// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

/** Where the sound of calls goes. */
public enum AudioRoute {
    EARPIECE,
    SPEAKER,
    HEADSET,
    BLUETOOTH
}
