package org.surmala.demo;

/**
 * What is decided of a song before a note is written.
 *
 * @param language english or bangla
 * @param seconds length
 * @param tempo beats (matras) per minute
 * @param tonic MIDI key of the tonic, 48 to 59
 * @param mode major, minor, or a raga's name
 * @param style name of the manner
 * @param lead who carries the melody
 * @param loudness of its middle, LUFS
 * @param border whether it borrows the other language's instruments
 * @param seed of everything else
 */
record SongPlan(
    String language,
    String title,
    String artist,
    String lyrics,
    double seconds,
    int tempo,
    int tonic,
    String mode,
    String style,
    Lead lead,
    double loudness,
    boolean border,
    long seed) {}
