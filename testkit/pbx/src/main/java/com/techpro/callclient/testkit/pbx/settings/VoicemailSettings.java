// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.time.Duration;

/**
 * The settings of a {@code VoicemailBuilder}.
 *
 * @param port of the mail server; 0 for a free one
 * @param longest the maximum length of a message
 * @param inWords whether the greeting is speech, else tones
 */
public record VoicemailSettings(int port, Duration longest, WavFile.Encoding encoding, boolean inWords) {}
