// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.time.Duration;

/**
 * What a {@code VoicemailBuilder} has collected.
 *
 * @param port of the mail server; 0 for a free one
 * @param longest how long a message may be
 * @param inWords whether callers are greeted in words; else in tones
 */
public record VoicemailSettings(int port, Duration longest, WavFile.Encoding encoding, boolean inWords) {}
