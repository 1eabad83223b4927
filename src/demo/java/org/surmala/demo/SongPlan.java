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
 * @param peak level of the loudest sample
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
    double peak,
    long seed) {}
