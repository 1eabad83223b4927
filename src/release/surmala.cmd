@echo off
rem Runs the program with the run-time beside it or, without one, with the Java that is installed.
setlocal
set "here=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if exist "%here%runtime\bin\java.exe" set "java=%here%runtime\bin\java"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
set "SURMALA_HOME=%here:~0,-1%"
"%java%" -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dorg.bytedeco.javacpp.cachedir="%LOCALAPPDATA%\surmala" %SURMALA_JAVA_OPTIONS% -jar "%here%surmala.jar" %*
exit /b %ERRORLEVEL%
