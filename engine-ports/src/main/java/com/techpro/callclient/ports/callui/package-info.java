// SPDX-License-Identifier: Apache-2.0
/** The system's own call screen, and its control of the audio. */
@NullMarked
package com.techpro.callclient.ports.callui;

import org.jspecify.annotations.NullMarked;
