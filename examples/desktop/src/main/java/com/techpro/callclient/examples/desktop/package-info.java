// SPDX-License-Identifier: Apache-2.0
/** A small softphone with windows, to copy from. {@link com.techpro.callclient.examples.desktop.DesktopPhone} starts it. */
@NullMarked
package com.techpro.callclient.examples.desktop;

import org.jspecify.annotations.NullMarked;
