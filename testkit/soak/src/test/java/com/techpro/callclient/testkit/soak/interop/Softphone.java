// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.nio.file.Path;

/** Somebody else's phone with one line; each of these returns when the program says that it is so. */
interface Softphone extends AutoCloseable {
    void call(String number);

    /** Waits for a call and answers it. */
    void answer();

    void end();

    void press(char key);

    /** Waits until it has heard this key. */
    void awaitKey(char key);

    void hold();

    void resume();

    /** What it heard in its newest call; complete once the call is over, and growing before. */
    Path heard();

    /** Samples a second of what it heard, while the file does not say. */
    default int recordedRate() {
        return HeadlessAudio.RATE;
    }

    @Override
    void close();
}
