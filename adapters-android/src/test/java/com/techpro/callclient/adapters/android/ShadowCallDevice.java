// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioDeviceInfo;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadow.api.Shadow;

/** A microphone or a speaker; Robolectric's own builder makes speakers alone, and none with a name. */
@Implements(AudioDeviceInfo.class)
public final class ShadowCallDevice {
    private int type;
    private int id;
    private boolean source;
    private String product = "";

    static AudioDeviceInfo microphone(int type, int id, String product) {
        return device(type, id, product, true);
    }

    static AudioDeviceInfo speaker(int type, int id, String product) {
        return device(type, id, product, false);
    }

    private static AudioDeviceInfo device(int type, int id, String product, boolean source) {
        AudioDeviceInfo device = Shadow.newInstanceOf(AudioDeviceInfo.class);
        ShadowCallDevice shadow = Shadow.extract(device);
        shadow.type = type;
        shadow.id = id;
        shadow.source = source;
        shadow.product = product;
        return device;
    }

    @Implementation
    protected int getType() {
        return type;
    }

    @Implementation
    protected int getId() {
        return id;
    }

    @Implementation
    protected boolean isSource() {
        return source;
    }

    @Implementation
    protected boolean isSink() {
        return !source;
    }

    @Implementation
    protected CharSequence getProductName() {
        return product;
    }
}
