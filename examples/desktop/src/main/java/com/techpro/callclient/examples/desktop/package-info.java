// SPDX-License-Identifier: Apache-2.0
/**
 * A small softphone with windows, as a template.
 * {@link com.techpro.callclient.examples.desktop.DesktopPhone} starts it.
 */
@NullMarked
package com.techpro.callclient.examples.desktop;

import org.jspecify.annotations.NullMarked;
